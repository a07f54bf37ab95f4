"""One module a screen of the applicant."""
