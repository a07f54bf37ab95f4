"""The least Wagtail site with a form of wagtail.contrib.forms: what the portal is measured against."""
