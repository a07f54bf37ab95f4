"""What the site says, as JSON: published public pages only, never a draft and never a page behind a sign-in."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from wagtail.models import Page, PageQuerySet

from home.models import BasePage, NewsPage, StandardPage
from services import territories
from services.holidays import calendar
from services.models import Centre, Measure, SupportGroup

from . import schemas
from .paging import Portion, portion_of

router = Router(tags=["Сайт"])
MEETINGS = 3


def address(request: HttpRequest, page: Page) -> str:
    """The page's full address."""
    return request.build_absolute_uri(page.get_url(request) or "/")


@router.get("/territories", response=list[schemas.TerritoryOut], summary="Муниципалитеты")
def territory_list(request: HttpRequest) -> Any:
    """Коды муниципалитетов, которые понимают формы и фильтры."""
    return [{"code": code, "name": name} for code, name in territories.choices()]


@router.get("/centres", response=schemas.CentresOut, summary="Центры и пункты")
def centre_list(
    request: HttpRequest,
    portion: Query[Portion],
    territory: str = Query("", max_length=60, description="Код муниципалитета: те, что его обслуживают или стоят там"),
) -> Any:
    """Где помогают: адреса, телефоны, часы работы, открыто ли сейчас."""
    rows = Centre.objects.known().public().with_hours().prefetch_related("serves", "phones").order_by("path")
    if territory:
        rows = (rows.filter(serves__code=territory) | rows.filter(territory__code=territory)).distinct()
    return portion_of(rows, portion, lambda centre: _centre(request, centre))


def _centre(request: HttpRequest, centre: Centre) -> dict[str, Any]:
    state = centre.open_state(timezone.now(), calendar())
    names = ("id", "kind", "state", "address", "floor", "time_zone", "in_person", "by_video", "by_phone")
    return {name: getattr(centre, name) for name in (*names, "checked_on", "is_demo")} | {
        "title": centre.shown_name,
        "kind_words": centre.shown_kind,
        "territory": centre.territory.code if centre.territory else None,
        "serves": [each.code for each in centre.serves.all()],
        "phones": list(centre.phones.all()),
        "hours": list(centre.hours.all()),
        "open_now": state.kind.value,
        "open_words": state.words,
        "offers": [line for line in centre.offers.splitlines() if line.strip()],
        "url": address(request, centre),
    }


@router.get("/measures", response=schemas.MeasuresOut, summary="Меры поддержки")
def measure_list(
    request: HttpRequest,
    portion: Query[Portion],
    recipient: str = Query("", max_length=40, description="Код получателя"),
    situation: str = Query("", max_length=40, description="Код жизненной ситуации"),
) -> Any:
    """Меры, которые действуют сегодня."""
    rows = Measure.objects.in_force(timezone.localdate()).public().order_by("path")
    rows = rows.prefetch_related("recipients", "situations", "territories")
    if recipient:
        rows = rows.filter(recipients__code=recipient)
    if situation:
        rows = rows.filter(situations__code=situation)
    return portion_of(rows.distinct(), portion, lambda measure: _measure(request, measure))


def _measure(request: HttpRequest, measure: Measure) -> dict[str, Any]:
    names = ("id", "title", "lead", "level", "category", "amount", "how_often", "where_to_apply", "term")
    more = ("legal_basis", "valid_from", "valid_to", "checked_on", "is_demo")
    return {name: getattr(measure, name) for name in (*names, *more)} | {
        "recipients": [each.code for each in measure.recipients.all()],
        "situations": [each.code for each in measure.situations.all()],
        "territories": [each.code for each in measure.territories.all()],
        "conditions": measure.condition_lines,
        "not_entitled": measure.not_entitled_lines,
        "bring": measure.bring_lines,
        "we_request": measure.we_request_lines,
        "url": address(request, measure),
    }


@router.get("/groups", response=schemas.GroupsOut, summary="Группы и встречи")
def group_list(request: HttpRequest, portion: Query[Portion]) -> Any:
    """Группы с тремя ближайшими встречами."""
    rows = SupportGroup.objects.going_on(timezone.localdate()).public().with_schedule().order_by("path")
    return portion_of(rows, portion, lambda group: _group(request, group))


def _group(request: HttpRequest, group: SupportGroup) -> dict[str, Any]:
    names = ("id", "title", "lead", "audience", "ages", "rule_words", "format", "place", "registration", "price")
    return {name: getattr(group, name) for name in (*names, "is_demo")} | {
        "next_meetings": group.next_meetings(timezone.now(), MEETINGS),
        "venue": group.venue.shown_name if group.venue else None,
        "url": address(request, group),
    }


@router.get("/news", response=schemas.PagesOut, summary="Новости")
def news_list(request: HttpRequest, portion: Query[Portion]) -> Any:
    """Новости, сначала свежие. Текст новости: /api/pages/{id}."""
    return portion_of(NewsPage.objects.for_list(), portion, lambda page: _page(request, page))


@router.get("/pages", response=schemas.PagesOut, summary="Страницы")
def page_list(request: HttpRequest, portion: Query[Portion]) -> Any:
    """Страницы сайта: о портале, документы, правила. Текст страницы: /api/pages/{id}."""
    rows = StandardPage.objects.live().public().defer("body").order_by("path")
    return portion_of(rows, portion, lambda page: _page(request, page))


@router.get("/pages/{int:page_id}", response=schemas.PageWhole, summary="Страница целиком")
def page_whole(request: HttpRequest, page_id: Path[int]) -> Any:
    """Любая опубликованная страница: текст без разметки и содержание по блокам."""
    found: PageQuerySet[Page] = Page.objects.live().public().filter(pk=min(page_id, 2**53), depth__gt=1)
    page = found.specific().first()
    if not isinstance(page, BasePage):
        raise Http404
    body = getattr(page, "body", None)
    return _page(request, page) | {
        "text": page.search_text,
        "body": body.stream_block.get_api_representation(body) if body else [],
    }


def _page(request: HttpRequest, page: BasePage) -> dict[str, Any]:
    return {
        "id": page.pk,
        "type": page._meta.label_lower,
        "title": page.title,
        "lead": page.lead,
        "date": getattr(page, "date", None),
        "url": address(request, page),
        "updated_at": page.last_published_at,
        "is_demo": page.is_demo,
    }
