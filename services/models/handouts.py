"""What people take away from the page of a centre: the contact for their telephone, the address in large type."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.url_routing import RouteResult

from home import freshness
from home.settings import frame
from services.centre_words import rows, usual_week
from services.contact_card import Card, CardPhone, written
from services.holidays import calendar
from services.lines import without_mark

from .network import network

if TYPE_CHECKING:
    from .centre import Centre

CONTACT, SLIP = "contact", "slip"
MOST_MOVES = 8


class Handouts:
    """Addresses below the page of a centre: `contact/` and `slip/`; those of a moved place lead to its successor's."""

    def route(self: Any, request: HttpRequest, path_components: list[str]) -> Any:
        """As Wagtail's, with the two more."""
        if self.live and path_components in ([CONTACT], [SLIP]):
            return RouteResult(self, kwargs={"handout": path_components[0]})
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As Wagtail's; the contact is a file."""
        handout = kwargs.get("handout", "")
        if handout and self.state == self.State.MOVED and (heir := successor_of(self)):
            return HttpResponsePermanentRedirect(f"{heir.get_url(request)}{handout}/")
        if handout != CONTACT:
            drawn: HttpResponseBase = super().serve(request, *args, **kwargs)  # type: ignore[misc]
            return drawn
        if self.is_same_for_all:
            freshness.share(request)
        headers = {"Content-Disposition": f'attachment; filename="{self.slug}.vcf"'}
        card = written(card_of(self.whole(request), request))
        return HttpResponse(card, content_type="text/vcard; charset=utf-8", headers=headers)

    def get_template(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The slip has a template of its own."""
        return "services/centre_slip.html" if kwargs.get("handout") == SLIP else self.template

    @property
    def published_text(self: Any) -> str:
        """What the search shows of it, from memory."""
        return str((network().live.get(self.pk) or self).search_text)

    def whole(self: Any, request: HttpRequest) -> "Centre":
        """With all that stands below the page: of what is published from memory, of a draft its own."""
        kept = None if getattr(request, "is_preview", False) else network().live.get(self.pk)
        return kept or self


def successor_of(centre: "Centre") -> "Centre | None":
    """Who works instead of a moved place now, however often it moved; None where nobody is named."""
    known = network()
    seen, found = {centre.pk}, known.successor(centre.pk)
    while found is not None and found.state == found.State.MOVED and found.pk not in seen and len(seen) < MOST_MOVES:
        seen.add(found.pk)
        further = known.successor(found.pk)
        if further is None:
            break
        found = further
    return None if found is None or found.pk == centre.pk else found


def family_of(centre: "Centre", moment: datetime) -> dict[str, Any]:
    """What it is a part of, its own departments and headquarters (points have a list of their own), who was before."""
    if centre.pk is None:  # a preview of what was never saved
        return {}
    known, point = network(), centre.Kind.POINT
    branches = [each for each in known.known.values() if each.parent_centre_id == centre.pk and each.kind != point]
    return {
        "branches": rows(sorted(branches, key=lambda each: each.title), moment, calendar()),
        "part_of": known.live.get(centre.parent_centre_id or 0),
        "before": known.live.get(centre.predecessor_id or 0),
    }


def card_of(centre: "Centre", request: HttpRequest) -> Card:
    """The centre as an electronic business card."""
    around = frame(request)
    spot = (str(centre.latitude), str(centre.longitude)) if centre.latitude and centre.longitude else None
    place = ", ".join(part for part in (centre.address, without_mark(centre.floor)[0]) if part)
    revised = centre.last_published_at
    return Card(
        uid=f"urn:uuid:{centre.translation_key}",
        name=centre.title,
        organisation=tuple(part for part in (around.ministry, centre.title) if part),
        also=tuple(name.strip() for name in centre.also_called.split(",") if name.strip()),
        phones=tuple(CardPhone(phone.number, _purpose(phone)) for phone in centre.phones.all()),
        address=place,
        note=_note(centre),
        url=request.build_absolute_uri(centre.get_url(request)),
        zone=centre.time_zone,
        spot=spot,
        revised=f"{revised:%Y%m%dT%H%M%SZ}" if revised else "",
    )


def _purpose(phone: Any) -> str:
    return f"{phone.purpose} ({_('разговор записывают')})" if phone.is_recorded else str(phone.purpose)


def _note(centre: "Centre") -> str:
    works = not centre.not_working(timezone.now())
    hours = [f"{days}: {words}" for days, words in usual_week(centre.timetable)] if works else []
    checked = f"{centre.checked_on:%d.%m.%Y}" if centre.checked_on else ""
    return "\n".join([*hours, *([_("Проверено {day}").format(day=checked)] if checked else [])])
