"""The frame of every public page: who runs the site, its number, its menus; read once, then kept in each process."""

from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home import appearance, words
from home.frames import Frame, Link, Notice, frame_number
from home.models import HomePage, NewsIndexPage, SiteSettings, StandardPage

_frames: dict[str, Frame] = {}
_brands: dict[str, str] = {}


def frame(request: HttpRequest | None) -> Frame:
    """The frame for this visitor; no SQL query while nothing has changed."""
    return _for_visitor(_current_frame(), request)


def brand() -> str:
    """The name of the portal alone: one query where this process does not know it, for who shows nothing else."""
    known = known_brand()
    return known if known is not None else learn_brand(named_sites().values_list("brand_name", flat=True).first())


def known_brand() -> str | None:
    """The name where it costs no query, else None: who reads other things too may read `named_sites` with them."""
    number = frame_number()
    return _frames[number].brand if number in _frames else _brands.get(number)


def named_sites() -> QuerySet[SiteSettings]:
    """The one row whose `brand_name` is shown; none on a site that has no settings yet."""
    return SiteSettings.objects.filter(site__is_default_site=True)


def learn_brand(named: str | None) -> str:
    """Keep the name that was read, None for no row, until the frame changes."""
    number = frame_number()
    _brands.clear()
    _brands[number] = named or str(SiteSettings._meta.get_field("brand_name").get_default())
    return _brands[number]


def stamp() -> str:
    """Another one whenever anything of the frame may have changed."""
    return _current_frame().stamp


def _current_frame() -> Frame:
    """Read by each process when the number in the shared cache has changed; the number first, as rows may change."""
    number = frame_number()
    kept = _frames.get(number)
    if kept is None:
        kept = _read()
        _frames.clear()
        _frames[number] = kept
    return kept


def last_known() -> Frame | None:
    """The frame as this process read it last, true or not any more: for when nothing can be asked."""
    return next(iter(_frames.values()), None)


def address_of(page_type: type[Page]) -> str:
    """The address of the published section of this type right below the home page; «» where there is none."""
    return frame(None).sections.get(page_type._meta.label_lower, "")


def _for_visitor(kept: Frame, request: HttpRequest | None) -> Frame:
    notice = kept.notice if kept.notice and kept.notice.until >= timezone.localdate() else None
    if request is None:
        return replace(kept, notice=notice)
    return replace(
        kept,
        notice=notice,
        look=appearance.look(request),
        here=request.get_full_path(),
        nav=_marked(kept.nav, request.path),
    )


def _marked(links: tuple[Link, ...], path: str) -> tuple[Link, ...]:
    """The menu with the entry marked that leads to this path."""
    return tuple(replace(link, current=word) if (word := _current(link.url, path)) else link for link in links)


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def _read() -> Frame:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return Frame(brand=str(SiteSettings._meta.get_field("brand_name").get_default()))
    values = SiteSettings.for_site(site)
    shown = StandardPage.objects.live().public().exclude(footer_column="").only("title", "url_path", "footer_column")
    columns: dict[str, list[Link]] = {"about": [], "rules": []}
    for page in shown.order_by("path"):
        columns[page.footer_column].append(Link(page.title, page.get_url() or "/"))
    nav: list[Link] = []
    sections: dict[str, str] = {}
    for page in Page.objects.child_of(site.root_page).live().public().select_related("content_type").order_by("path"):
        link = Link(page.title, page.get_url() or "/")
        sections.setdefault(f"{page.content_type.app_label}.{page.content_type.model}", link.url)
        if page.show_in_menus:
            nav.append(link)
    nav.append(Link(_("Моё обращение"), "/requests/"))
    return Frame(
        brand=str(values.brand_name),  # the words of the default are translated late, and machines read it too
        region=values.region_name,
        ministry=values.ministry,
        phone=values.phone,
        phone_shown=values.phone_shown or words.phone(values.phone),
        phone_note=values.phone_note,
        phone_hours=values.phone_hours,
        phone_hours_is_demo=values.phone_hours_is_demo,
        phone_is_recorded=values.phone_is_recorded,
        footer_text=values.footer_text,
        gosuslugi_url=values.gosuslugi_url,
        help_url=_help_url(site),
        number_prefix=values.number_prefix,
        is_demo_site=values.is_demo_site,
        nav=tuple(nav),
        about=tuple(columns["about"]),
        rules=tuple(columns["rules"]),
        has_news=NewsIndexPage._meta.label_lower in sections,
        sections=sections,
        notice=_notice(values),
    )


def _help_url(site: Site) -> str:
    return HomePage.objects.filter(pk=site.root_page_id).values_list("help_url", flat=True).first() or ""


def _notice(values: SiteSettings) -> Notice | None:
    if not values.urgent_text or not values.urgent_until:
        return None
    return Notice(
        text=values.urgent_text,
        until=values.urgent_until,
        link=values.urgent_link,
        link_text=values.urgent_link_text or _("Подробнее"),
        is_demo=values.urgent_is_demo,
    )
