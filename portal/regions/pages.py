"""The pages of a region: home, sections and what stands in them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page, Site

from home.models import AnswerPage, AnswersPage, HomePage, NewsIndexPage, NewsPage, StandardPage
from services.models import Centre, CentreIndexPage, GroupIndexPage, Measure, MeasureIndexPage, SupportGroup

from .filling import checked, fill, sentences
from .ledger import Ledger
from .packs import Pack, PackError, only, rows_of
from .records import by_code


@dataclass(frozen=True)
class Section:
    """A file with a section of the site and its pages; other keys of the file are anchors for YAML."""

    file: str
    section: type[Page]
    items: str
    model: type[Page]
    anchors: tuple[str, ...]
    title: str


CENTRE_ANCHORS = ("new_year", "full_week", "three_days", "point", "department")
SECTIONS = (
    Section("centres.yaml", CentreIndexPage, "centres", Centre, CENTRE_ANCHORS, "Центры"),
    Section("measures.yaml", MeasureIndexPage, "measures", Measure, ("demo", "centre_steps", "start_with"), "Меры"),
    Section("groups.yaml", GroupIndexPage, "groups", SupportGroup, ("register_through",), "Группы"),
    Section("answers.yaml", AnswersPage, "answers", AnswerPage, (), "Ответы на вопросы"),
    Section("news.yaml", NewsIndexPage, "news", NewsPage, (), "Новости"),
)


def lay_home(pack: Pack, ledger: Ledger) -> Site:
    """The home page and the site that starts at it, in place of Wagtail's welcome page."""
    content = pack.mapping("pages.yaml")
    only({"home", "pages"}, content, "pages.yaml")
    home = HomePage.objects.first()
    if home is None:
        home = HomePage(slug="site")  # "home" is taken by the welcome page of Wagtail's migration
        fill(home, content.get("home") or {}, "pages.yaml: home", by_code)
        publish(Page.get_first_root_node(), home, "pages.yaml: home")
        ledger.add("page", "home")
    return site_at(home)


def lay_pages(pack: Pack, ledger: Ledger, home: HomePage) -> None:
    """Every section with its pages, then the pages of text."""
    for section in SECTIONS:
        _lay_section(pack, ledger, home, section)
    for row in rows_of(pack.mapping("pages.yaml").get("pages"), "pages.yaml: pages"):
        _lay_page(StandardPage, home, row, "pages.yaml", kind="page", ledger=ledger)
    ledger.report("page", "Разделы и страницы")


def lay_section_page(
    model: type[Page], home: Page, row: dict[str, Any], file: str, ledger: Ledger, *, in_menu: bool = True
) -> Page | None:
    """The one page of a section type: made when it was never there, found wherever editors put it, None if deleted."""
    made = {"show_in_menus": in_menu, **row}
    _lay_page(model, home, made, f"{file}: section", kind="page", ledger=ledger, key=model._meta.model_name or "")
    found: Page | None = model._default_manager.first()
    return found


def publish(parent: Page, page: Page, place: str) -> None:
    """Save below the parent as published, with a first revision that editors can come back to.

    Not through Wagtail's publish action, which writes and validates each page a third time.
    """
    checked(page, place)
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise PackError(f"{place}: {sentences(error)}") from error
    now = timezone.now()
    revision = page.save_revision(clean=False, log_action=False)
    Page.objects.filter(pk=page.pk).update(
        live_revision=revision, first_published_at=now, last_published_at=now, has_unpublished_changes=False
    )


def _lay_section(pack: Pack, ledger: Ledger, home: Page, section: Section) -> None:
    content = pack.mapping(section.file)
    if not content:
        return
    only({"section", section.items, *section.anchors}, content, section.file, ("section",))
    page = lay_section_page(section.section, home, content["section"], section.file, ledger)
    for row in rows_of(content.get(section.items), f"{section.file}: {section.items}"):
        _lay_page(section.model, page, row, section.file, kind=section.items, ledger=ledger)
    ledger.report(section.items, section.title)


def _lay_page(
    model: type[Page], parent: Page | None, row: dict[str, Any], file: str, *, kind: str, ledger: Ledger, key: str = ""
) -> None:
    slug = str(row.get("slug", ""))
    place = f"{file}: {slug or '?'}"
    if not slug:
        raise PackError(f"{place}: нужен ключ «slug».")
    if ledger.has(kind, key or slug):
        return
    page = model()
    fill(page, row, place, by_code)
    if parent is None:
        return
    if not parent.get_children().filter(slug=slug).exists():
        publish(parent, page, place)
        parent.refresh_from_db()
    ledger.add(kind, key or slug)


def site_at(home: HomePage) -> Site:
    """The default site, starting at this page."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    before = site.root_page if site.root_page_id else None
    if before is None or before.pk != home.pk:
        address = urlsplit(settings.PUBLIC_URL)
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.root_page = home.page_ptr
        site.save()
        # The welcome page that Wagtail's own migration makes: a plain page without anything of ours below it.
        if before is not None and before.specific_class is Page and not before.numchild:
            before.delete()
    return site
