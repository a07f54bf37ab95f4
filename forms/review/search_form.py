"""The box above the list."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.search import SearchForm


class QueueSearchForm(SearchForm):
    """Wagtail's search box, saying what it finds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, placeholder=_("Номер, имя, телефон или слово"), **kwargs)
        self.fields["q"].label = _("Поиск обращений")
