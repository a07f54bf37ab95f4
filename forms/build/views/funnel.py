"""«Как заполняют»: where people stop and what they get wrong, in numbers that are nobody's own."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.applications import funnel
from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.wording import render
from home.words import plural

from .screen import OneFormScreen

PERIODS = (30, 90, 365)
SORTS = {
    funnel.BLANK: gettext_lazy("не ответили"),
    funnel.UNFIT: gettext_lazy("ответ не подошёл"),
    funnel.CHECK: gettext_lazy("не сходится с другими ответами"),
}


class FunnelScreen(OneFormScreen):
    """Numbers of the form as it is published."""

    page_title = gettext_lazy("Как заполняют")
    header_icon = "order-down"
    template_name = "build/admin/funnel.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One of the periods, the first unless another is asked for."""
        asked = str(request.GET.get("days", ""))
        days = next((each for each in PERIODS if str(each) == asked), PERIODS[0])
        context: dict[str, Any] = {"days": days, "periods": [(each, _period(each)) for each in PERIODS]}
        form = self.page.form
        current = versions.current(form.slug) if form else None
        if form and current:
            found = funnel.of_form(form, days)
            context |= {"funnel": found} | (_shown(found, current[1]) if found.is_told else {})
        return self.render_to_response(self.get_context_data(**context))


def _period(days: int) -> str:
    return f"{days} {plural(days, _('день'), _('дня'), _('дней'))}"


def _shown(found: funnel.Funnel, definition: Definition) -> dict[str, Any]:
    return {
        "share": _share(found.sent, found.started),
        "sent": told(found.sent),
        "filling": told(found.filling),
        "steps": list(_steps(found, definition)),
        "mistakes": sorted(_mistakes(found, definition), key=lambda row: -row["count"]),
    }


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def told(count: int) -> str:
    """The number, and of a small one only that it is small."""
    return str(count) if count == 0 or count >= funnel.FEW else _("меньше %d") % funnel.FEW


def _steps(found: funnel.Funnel, definition: Definition) -> Iterator[dict[str, Any]]:
    """Every step with how many went no further; those of steps that are gone together."""
    known = {step.key for step in definition.steps}
    for step in definition.steps:
        count = found.left.get(step.key, 0)
        share = _share(count, found.started) if count >= funnel.FEW else 0
        yield {"title": render(step.title, definition, {}), "left": told(count), "share": share}
    gone = sum(count for key, count in found.left.items() if key not in known)
    if gone:
        share = _share(gone, found.started) if gone >= funnel.FEW else 0
        yield {"title": _("Шаги, которых больше нет"), "left": told(gone), "share": share}


def _mistakes(found: funnel.Funnel, definition: Definition) -> Iterator[dict[str, Any]]:
    """Questions with mistakes often enough to be told, and the most frequent sort of each."""
    for key, sorts in found.wrong.items():
        try:
            label = render(definition.field(key).label, definition, {})
        except KeyError:
            continue
        sort, often = sorts.most_common(1)[0]
        if sorts.total() >= funnel.FEW:
            most = str(SORTS[sort]) if often >= funnel.FEW and sort in SORTS else ""
            yield {"label": label, "count": sorts.total(), "most": most}
