"""The screens of the form editor."""
