"""«Куда обратиться» for a voice assistant or a bot: a place in free spelling in, a sentence and the facts out."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.throttling import AnonRateThrottle

from home import freshness
from home.settings import frame
from services import spoken, territories
from services.centre_words import Row
from services.models.finding import answer
from services.place_names import LONGEST

from . import schemas
from .content import address

router = Router(tags=["Сайт"])
# A contact centre's assistant asks for everybody from one address; what was asked before comes from the page cache.
OFTEN = "600/m"
MOST_NAMES = 6


@router.get("/where", response=schemas.WhereOut, summary="Куда обратиться", throttle=AnonRateThrottle(OFTEN))
def where(
    request: HttpRequest,
    place: str = Query(..., min_length=1, max_length=LONGEST, description="Город, село, район или адрес словами"),
    by: str = Query("", pattern="^(come|video|phone)?$", description="Как удобнее: come, video, phone"),
) -> Any:
    """Кто поможет жителю и открыто ли там сейчас. `say` можно прочитать вслух как есть; если название подходит к
    нескольким муниципалитетам, `say` спросит, к какому, а `choices` назовёт их. Понимает падежи и опечатки. Ответ верен
    до `true_until`."""
    freshness.share(request)
    codes = territories.named(place)
    names = territories.names()
    if len(codes) != 1:
        shown = [{"code": code, "name": names[code]} for code in codes[:MOST_NAMES]]
        phone = frame(request).phone_shown
        say = spoken.which([each["name"] for each in shown]) if shown else spoken.unknown(phone)
        return _empty(say) | {"choices": shown}
    (code,) = codes
    now = timezone.now()
    found = answer(code, now, by)
    rows = [row for row in (found.first, found.instead) if row]
    return _empty(spoken.sentence(names[code], found)) | {
        "is_found": found.first is not None,
        "is_own": found.own is not None,
        "municipality": {"code": code, "name": names[code]},
        "place": _place(request, found.first),
        "instead": _place(request, found.instead),
        "true_until": min((row.state.until for row in rows if row.state.until), default=None),
    }


def _empty(say: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("municipality", "place", "instead", "true_until"))
    return {"say": say, "is_found": False, "is_own": False, "choices": [], **nothing}


def _place(request: HttpRequest, row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    centre = row.centre
    return {name: getattr(centre, name) for name in ("id", "kind", "address", "in_person", "by_video", "by_phone")} | {
        "title": centre.title,
        "floor": centre.floor.replace("[демо]", "").strip(),
        "phones": list(centre.phones.all()),
        "open_now": row.state.kind.value,
        "open_words": row.state.words,
        "opens_at": row.state.opens,
        "time_zone": centre.time_zone,
        "url": address(request, centre),
        "is_demo": centre.is_demo,
    }
