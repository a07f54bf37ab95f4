"""No template lies about unused."""

from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from wagtail.models import Page

from tests.rules.code import ROOMS, ROOT, modules, name

_BY_NAME = {"400.html", "404.html", "500.html", "403.html", "403_csrf.html"}  # Django looks these up itself
# Names that a library puts together: the crispy template pack, and what stands in for a template of Wagtail's.
_OF_LIBRARIES = ("portal/", "wagtailadmin/")


def _templates() -> list[str]:
    folder = ROOT / "templates"
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def _sources() -> list[Path]:
    return [*modules(*ROOMS), *(file for file in (ROOT / "templates").rglob("*") if file.is_file())]


def _named_in(text: str, template: str) -> bool:
    """By its whole name, or put together from its folder and its quoted stem: f"apply/{name}.html" with "check"."""
    folder, _, rest = template.rpartition("/")
    stem = rest.rpartition(".")[0]
    return template in text or (f'"{folder}/{{' in text and f'"{stem}"' in _all_code())


@cache
def _all_code() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in modules(*ROOMS))


def test_every_template_is_used() -> None:
    texts = {name(file): file.read_text(encoding="utf-8") for file in _sources()}
    pages: list[Any] = [model for model in apps.get_models() if issubclass(model, Page)]
    of_pages = {str(model.template) for model in pages}
    unused = []
    for template in _templates():
        if template in _BY_NAME | of_pages or template.startswith(_OF_LIBRARIES):
            continue
        if not any(_named_in(text, template) for file, text in texts.items() if file != f"templates/{template}"):
            unused.append(template)
    assert not unused
