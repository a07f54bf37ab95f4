"""«Примерить»: the draft on real answers. Editors see how many; which applications, only who may see those."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from forms.applications.models import Application
from forms.build import dryrun
from forms.build.dryrun import KINDS, SIZES, Outcome
from forms.build.readiness import Readiness

from .access import DraftScreen

TITLES = {
    "failing": _("не прошли бы проверку"),
    "stopped": _("остановились бы с отказом"),
    "other": _("увидели бы другие вопросы или шаги"),
    "team": _("попали бы в другую команду"),
}
NAMED = 5
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the list: `links` name what this user may open, `more` is how many others of them there are."""

    words: str
    count: int
    links: list[tuple[str, str]]
    more: int


class DryRunScreen(DraftScreen):
    """At most 200 applications a request; a larger number is looked at in steps, each kept for an hour."""

    page_title = gettext_lazy("Примерка на прошлых заявках")
    template_name = "build/dry_run.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """`n`: how many in all; `after`: where the steps before have ended."""
        ready, form = Readiness(self.page), self.live.form
        if ready.definition is None or form is None:
            return redirect("form_build:ready", self.live.pk)
        size = next((size for size in SIZES if str(size) == request.GET.get("n")), SIZES[1])
        after = request.GET.get("after", "")
        kept = cache.get(self.place(ready.digest, size, after)) if after.isdecimal() else None
        outcome = dryrun.go_on(form, ready.definition, Outcome(**kept) if kept else Outcome(), size)
        cache.set(self.place(ready.digest, size, str(outcome.last)), outcome.to_json(), KEPT_SECONDS)
        return self.draw(outcome=outcome, size=size, sizes=SIZES, groups=self.groups(outcome))

    def place(self, digest: str, size: int, after: str) -> str:
        """Where the steps so far are kept."""
        return f"dry-run:{self.live.pk}:{digest}:{size}:{after}"

    def groups(self, outcome: Outcome) -> list[dict[str, Any]]:
        """Each kind with its counter and its reasons, the most frequent first."""
        wanted = {pk for kind in KINDS for ids in outcome.reasons[kind].values() for pk in ids}
        rows = Application.objects.visible_to(self.request.user).filter(pk__in=wanted)
        seen = {row.pk: row.public_number for row in rows.only("pk", "number_prefix")} if wanted else {}
        return [
            {
                "key": kind,
                "title": TITLES[kind],
                "count": outcome.count(kind),
                "reasons": sorted(
                    (_reason(words, ids, seen) for words, ids in outcome.reasons[kind].items()),
                    key=lambda reason: -reason.count,
                ),
            }
            for kind in KINDS
        ]


def _reason(words: str, ids: list[int], seen: dict[int, str]) -> Reason:
    mine = [pk for pk in ids if pk in seen]
    queue = reverse("wagtailadmin_home") + "queue/"
    links = [(seen[pk], f"{queue}{pk}/") for pk in mine[:NAMED]]
    return Reason(words, len(ids), links, len(mine) - len(links))
