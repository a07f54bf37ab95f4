"""The small tables of a region: municipalities, words of the finder, settings of the site."""

from typing import Any

from django.db import models
from wagtail.models import Site

from home.models import SiteSettings, Synonym
from services.models import Recipient, Situation, Territory

from .filling import checked, fill
from .ledger import Ledger
from .packs import Pack, PackError, only, rows_of


def by_code(model: type[models.Model], name: str, place: str) -> models.Model:
    """The row with this code (a page: with this slug); PackError where there is none."""
    column = "code" if any(field.name == "code" for field in model._meta.get_fields()) else "slug"
    found = model._default_manager.filter(**{column: name}).first()
    if found is None:
        raise PackError(f"{place}: нет такого: «{name}».")
    return found


def lay_territories(pack: Pack, ledger: Ledger) -> None:
    """territories.yaml: municipalities by code; a parent must stand above its parts."""
    _lay_rows(Territory, pack.rows("territories.yaml"), "territories.yaml", "territory", ledger)
    ledger.report("territory", "Муниципалитеты")


def lay_reference(pack: Pack, ledger: Ledger) -> None:
    """reference.yaml: life situations and recipients, in the order of the file."""
    words = pack.mapping("reference.yaml")
    only({"situations", "recipients"}, words, "reference.yaml")
    for key, model in (("situations", Situation), ("recipients", Recipient)):
        rows = rows_of(words.get(key), f"reference.yaml: {key}")
        ordered = [{"sort_order": number * 10, **row} for number, row in enumerate(rows, start=1)]
        _lay_rows(model, ordered, f"reference.yaml: {key}", "word", ledger, prefix=model._meta.model_name)
    ledger.report("word", "Ситуации и получатели")


def lay_synonyms(pack: Pack, ledger: Ledger) -> None:
    """search.yaml: words people search with and what the pages call the same."""
    for number, row in enumerate(pack.rows("search.yaml")):
        place = f"search.yaml[{number}]"
        only({"asked", "means"}, row, place, required=("asked", "means"))
        synonym = Synonym(**row)
        checked(synonym, place)
        if not ledger.has("synonym", row["means"]):
            synonym.save()
            ledger.add("synonym", row["means"])
    ledger.report("synonym", "Синонимы для поиска")


def lay_settings(pack: Pack, ledger: Ledger, site: Site) -> None:
    """settings.yaml: who runs the site and its telephone; once, afterwards the editors' own."""
    row = pack.mapping("settings.yaml")
    values = SiteSettings.for_site(site)
    fill(values, row, "settings.yaml", by_code)
    checked(values, "settings.yaml", leave_out=("site",))
    if not ledger.has("settings", "site"):
        values.save()
        ledger.add("settings", "site")
    ledger.report("settings", "Сведения о портале")


def _lay_rows(
    model: Any, rows: list[dict[str, Any]], place: str, kind: str, ledger: Ledger, *, prefix: str | None = None
) -> None:
    there = set(model.objects.values_list("code", flat=True))
    for row in rows:
        instance = model()
        settled = {key: value for key, value in row.items() if key != "sort_order"}
        fill(instance, settled, f"{place}: {row.get('code', '?')}", by_code)
        instance.sort_order = row.get("sort_order", 0)
        name = f"{prefix}/{instance.code}" if prefix else instance.code
        if ledger.has(kind, name):
            continue
        if instance.code not in there:
            checked(instance, f"{place}: {instance.code}")
            instance.save()
        ledger.add(kind, name)
