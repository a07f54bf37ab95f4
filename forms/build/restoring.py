"""An old version laid into the draft of its page: publishing it again is publishing like any other."""

from typing import TYPE_CHECKING, Any

from wagtail.models import Revision

from forms.definitions.document import Definition

from .importing import page_fields

if TYPE_CHECKING:
    from .models import FormPage


def lay(page: "FormPage", definition: Definition, user: Any) -> Revision:
    """A new revision of the page with the content of a version; keys stay, so answers in drafts and columns go on."""
    for name, value in page_fields(definition, f"page-{page.pk}").items():
        field: Any = page._meta.get_field(name)
        setattr(page, name, field.to_python(value))
    return page.save_revision(user=user, log_action=True, clean=False)
