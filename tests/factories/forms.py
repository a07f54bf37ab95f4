"""Form pages for tests."""

from typing import Any

from wagtail.models import Page, Site

from forms.applications.models import Trial
from forms.build import gate
from forms.build.importing import form_page_from_definition
from forms.build.models import FormIndexPage, FormPage
from forms.definitions import versions
from forms.definitions.models import FormVersion
from home.models import HomePage
from tests.factories.definitions import help_answers, help_json


def home_page() -> Page:
    """The home page that the default site shows, made where there is none."""
    site = Site.objects.get(is_default_site=True)
    if not isinstance(site.root_page.specific, HomePage):
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title="Главная", slug="main", hero_title="Поможем"))
        site.root_page = home
        site.save()
    return site.root_page.specific


def form_index() -> FormIndexPage:
    """The page /forms/."""
    found = FormIndexPage.objects.first()
    return found or home_page().add_child(instance=FormIndexPage(title="Формы", slug="forms"))


def form_page(slug: str = "help", **changes: Any) -> FormPage:
    """A published form page of `help_json(**changes)`."""
    return form_page_from_definition(form_index(), slug, help_json(**changes))


def publish(page: FormPage, **changes: Any) -> FormPage:
    """Publish what a page holds as if a trial of it had been made; `changes` are set first."""
    for name, value in changes.items():
        setattr(page, name, value)
    tried(page)
    page.save_revision().publish()
    return FormPage.objects.get(pk=page.pk)


def tried(page: FormPage) -> None:
    """Record a finished trial of what the page holds now."""
    gate.vouch(page, Trial.How.SENT)


def answers_by_key(version: FormVersion, **changes: Any) -> dict[str, Any]:
    """Good answers to «help» under the keys that publishing made."""
    definition = versions.compiled(version)
    written = list(help_answers().values())
    fields = [
        f
        for f in definition.fields
        if f.label not in ("Когда родился младший ребёнок", "Когда удобно говорить", "Какая выплата")
    ]
    answers = dict(zip((f.key for f in fields), written, strict=True))
    for field in fields:
        choices = [choice["key"] for choice in field.options.get("choices", ())]
        if field.type == "choice":
            answers[field.key] = choices[1]
        elif field.type == "multiple_choice":
            answers[field.key] = choices[:1]
    return answers | changes
