"""The forms of a region: a section and one definition document each, published as an editor would."""

from typing import Any

from wagtail.models import Page, Site

from forms.build import library
from forms.build.gate import NotReady
from forms.build.importing import form_page_from_definition
from forms.build.models import FormIndexPage, FormPage
from forms.definitions.parsing import DefinitionError
from home.models import SiteSettings
from services.models import MeasureIndexPage, SupportGroup

from .ledger import Ledger
from .packs import Pack, PackError, only, rows_of
from .pages import lay_section_page


def lay_forms(pack: Pack, ledger: Ledger, home: Page) -> None:
    """forms.yaml: the section and for each form its `slug` and its `document`, or the `template` of the library."""
    content = pack.mapping("forms.yaml")
    if not content:
        return
    only({"section", "forms"}, content, "forms.yaml", ("section",))
    section = lay_section_page(FormIndexPage, home, content["section"], "forms.yaml", ledger, in_menu=False)
    for row in rows_of(content.get("forms"), "forms.yaml: forms"):
        only({"slug", "document", "template"}, row, "forms.yaml: forms", ("slug",))
        slug = str(row["slug"])
        if section is None or ledger.has("form", slug):
            continue
        try:
            form_page_from_definition(section, slug, _document(pack, row))
        except (DefinitionError, NotReady) as error:
            raise PackError(f"{row.get('document') or row.get('template')}: {error}") from error
        ledger.add("form", slug)
    ledger.report("form", "Формы")


def bind_groups(pack: Pack, ledger: Ledger) -> None:
    """groups.yaml, `register_through`: the form of each group that gives out seats; laid once, after both are there."""
    bound = pack.mapping("groups.yaml").get("register_through") or {}
    for group_slug, form_slug in bound.items():
        if ledger.has("registration", group_slug):
            continue
        group = SupportGroup.objects.filter(slug=group_slug).first()
        form = FormPage.objects.filter(slug=form_slug).first()
        # Whoever took one of them away in the meantime needs no registration.
        if group is not None and form is not None:
            group.registration_page = form.page_ptr
            group.save_revision(clean=False, log_action=False).publish()
        ledger.add("registration", group_slug)
    ledger.report("registration", "Запись в группы")


def bind_measures(pack: Pack, ledger: Ledger) -> None:
    """measures.yaml, `start_with`: the form that starts every measure without one of its own; laid once."""
    slug = str(pack.mapping("measures.yaml").get("start_with") or "")
    if not slug or ledger.has("start_with", "measures"):
        return
    section = MeasureIndexPage.objects.first()
    form = FormPage.objects.filter(slug=slug).first()
    if section is not None and form is not None:
        section.form_page = form.page_ptr
        section.save_revision(clean=False, log_action=False).publish()
    ledger.add("start_with", "measures")


def _document(pack: Pack, row: dict[str, Any]) -> dict[str, Any]:
    """The pack's own document, or a template that names whoever runs the site."""
    if "document" in row:
        return pack.document(str(row["document"]))
    template = library.get(str(row.get("template")))
    if template is None:
        known = ", ".join(each.name for each in library.all_templates())
        raise PackError(f"forms.yaml: {row['slug']}: нужен document или template. Шаблоны: {known}.")
    return template.definition(SiteSettings.for_site(Site.objects.get(is_default_site=True))).to_json()
