"""What stands behind `python3 -m portal`: standard library only, as nothing is installed when it starts."""
