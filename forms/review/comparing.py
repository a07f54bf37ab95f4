"""«Сравнить»: two applications side by side, what differs first; from here one of them is closed for the other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from forms.applications import duplicates, holding, journal, policies, timeline
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.applications.states import BY_ACTION
from home.words import day_month

from . import sheet
from .card import ApplicationView
from .in_place import InPlace
from .moves.page import require

MERGE = BY_ACTION["merge"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as it stands in both."""

    label: str
    here: str
    there: str

    @property
    def differs(self) -> bool:
        """Whether the two say other things; spaces and capitals make none."""
        return " ".join(self.here.split()).casefold() != " ".join(self.there.split()).casefold()


class CompareView(InPlace, ApplicationView):
    """Opening it is a read of both, written into the journal of each."""

    template_name = "review/compare.html"

    def get(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """The two, or 404 where one of them is not theirs to see."""
        self._both(pk, other)
        for each in (self.application, self.other):
            if not journal.read_lately(timeline.entries_of(each), request.user):
                journal.note_read(each, request.user)
        return self.draw()

    def post(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Close the one that is not `into`, after the seconds for undo; what changed is told above the two."""
        self._both(pk, other)
        require(request.user, MERGE)
        pair = {str(each.pk): each for each in (self.application, self.other)}
        stays = pair.pop(request.POST.get("into", ""), None)
        if stays is None:
            raise Http404
        (closes,) = pair.values()
        seen = request.POST.get(f"expected_{closes.pk}", "")
        expected = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0
        try:
            held = holding.hold("merge", closes.pk, request.user, expected, {"into_id": stays.pk})
        except Refused as refused:
            return self.draw(409, refusal=refused.sentence)
        except Stale:
            changes = timeline.changes_since(closes, expected)
            self._both(pk, other)
            return self.draw(409, stale=changes)
        if held is None:
            notices.success(request, _("Обращение %s объединено с этим.") % closes.public_number)
        return HttpResponseRedirect(reverse("form_review:card", args=[(closes if held else stays).pk]) + self.near.tail)

    def _both(self, pk: int, other: int) -> None:
        if pk == other:
            raise Http404
        self.load(pk)
        self.other = self._found(other)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines, and whether the two can be put together."""
        pair = (self.application, self.other)
        lines = [*_facts(*pair), *_answers(*pair)]
        why = duplicates.why(*pair)
        may = all(policies.may_move(self.request.user, MERGE, each) for each in pair)
        return super().get_context_data(**kwargs) | {
            "application": self.application,
            "other": self.other,
            "why": why,
            "differ": [line for line in lines if line.differs],
            "same": [line for line in lines if not line.differs and line.here],
            "may_merge": bool(may and why),
            "due_on": min(each.due_on for each in pair),
        }


def _facts(here: Application, there: Application) -> Iterator[Line]:
    """What the head of both cards says."""
    told: dict[str, Any] = {
        _("Просьба"): lambda one: one.summary,
        _("Состояние"): lambda one: str(one.get_state_display()),
        _("Получено"): lambda one: day_month(one.received_at),
        _("Ответить до"): lambda one: day_month(one.due_on),
        _("Исполнитель"): lambda one: one.assignee.short_name if one.assignee else _("не назначен"),
        _("Команда"): lambda one: one.team.name,
        _("Тема"): lambda one: one.topic.name if one.topic else "",
        _("Откуда"): lambda one: str(one.get_channel_display()),
        _("Форма"): lambda one: one.form.title,
    }
    for label, words in told.items():
        yield Line(label, words(here), words(there))


def _answers(here: Application, there: Application) -> Iterator[Line]:
    """The questions of both forms by their words, those of the first one first."""
    left, right = _asked(here), _asked(there)
    for key in left | right:
        texts = [each[key] or _("не отвечено") if key in each else _("не спрашивали") for each in (left, right)]
        if any(each.get(key) for each in (left, right)):
            yield Line(key[0], *texts)


def _asked(application: Application) -> dict[tuple[str, int], str]:
    """Texts of the answers; a question that stands in several rows is told by its number among them."""
    seen: Counter[str] = Counter()
    found = {}
    for section in sheet.sections(application, {}):
        for answer in section.answers:
            seen[answer.label] += 1
            found[answer.label, seen[answer.label]] = answer.text
    return found
