from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import RichTextField
from wagtail.models import Page


class InfoPage(Page):
    """A page with a body of rich text."""

    body = RichTextField()
    template = "plain/info.html"


class FormPage(AbstractForm):
    """A form of twelve fields on one page."""

    template = "plain/form.html"
    landing_page_template = "plain/sent.html"


class FormField(AbstractFormField):
    page = ParentalKey(FormPage, related_name="form_fields")
