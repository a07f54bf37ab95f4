"""The journal for an auditor: who did what and who read what, newest first."""
