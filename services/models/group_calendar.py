"""What people take away from the page of a group: its meetings, or one of them, for their own calendar."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.url_routing import RouteResult

from home import freshness
from services import ics

from .meeting_change import changes_of

ICS = "ics"


class TakenAway:
    """Addresses below the page of a group: `ics/`, and `ics/<day>/` for one meeting, the day as 20261216."""

    def route(self: Any, request: HttpRequest, path_components: list[str]) -> Any:
        """As Wagtail's, with the two more."""
        if self.live and path_components[:1] == [ICS] and len(path_components) <= 2:
            return RouteResult(self, kwargs={ICS: path_components[1] if len(path_components) == 2 else "all"})
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As Wagtail's; the calendar is a file."""
        wanted = kwargs.get(ICS, "")
        if not wanted:
            drawn: HttpResponseBase = super().serve(request, *args, **kwargs)  # type: ignore[misc]
            return drawn
        if self.is_same_for_all:
            freshness.share(request)
        url = request.build_absolute_uri(self.get_url(request))
        if wanted == "all":
            freshness.until_midnight(self.rule.zone)
            return ics.answer(self, url, timezone.now())
        found = ics.answer_for_one(self, _day(wanted), url)
        if found is None:
            raise Http404
        return found

    @property
    def changed_at(self: Any) -> datetime:
        """When its meetings were changed last, by an editor or by staff; in UTC."""
        by_staff = [made_at for _starts, _reason, made_at in changes_of(self.pk).values()]
        known = [moment for moment in (self.last_published_at, self.first_published_at, *by_staff) if moment]
        last: datetime = max(known, default=timezone.now())
        return last.astimezone(UTC)


def _day(text: str) -> date:
    """«20261216»; Http404 for anything else."""
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Http404 from None
