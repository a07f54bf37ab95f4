"""Screens about forms inside the admin, beside Wagtail's own editor of a page."""
