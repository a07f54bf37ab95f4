"""The forms of a region: a section and one definition document each, published as an editor would."""

from wagtail.models import Page

from forms.build.gate import NotReady
from forms.build.importing import form_page_from_definition
from forms.build.models import FormIndexPage
from forms.definitions.parsing import DefinitionError

from .ledger import Ledger
from .packs import Pack, PackError, only, rows_of
from .pages import lay_section_page


def lay_forms(pack: Pack, ledger: Ledger, home: Page) -> None:
    """forms.yaml: the section and `{slug, document}` for each form."""
    content = pack.mapping("forms.yaml")
    if not content:
        return
    only({"section", "forms"}, content, "forms.yaml", ("section",))
    section = lay_section_page(FormIndexPage, home, content["section"], "forms.yaml", ledger, in_menu=False)
    for row in rows_of(content.get("forms"), "forms.yaml: forms"):
        only({"slug", "document"}, row, "forms.yaml: forms", ("slug", "document"))
        slug, document = str(row["slug"]), str(row["document"])
        if section is None or ledger.has("form", slug):
            continue
        try:
            form_page_from_definition(section, slug, pack.document(document))
        except (DefinitionError, NotReady) as error:
            raise PackError(f"{document}: {error}") from error
        ledger.add("form", slug)
    ledger.report("form", "Формы")
