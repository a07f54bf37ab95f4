"""The screens of the applicant: steps, check answers, receipt, status."""
