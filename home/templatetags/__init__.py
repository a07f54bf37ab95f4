"""Words (`portal_text`) and small parts (`portal_ui`) for every public template."""
