"""Two revisions side by side: conditions read as sentences about the form's own questions."""

import re

import pytest
from django.utils.html import strip_tags
from wagtail.admin.compare import StreamFieldComparison

from forms.build.blocks.condition import ConditionBlock
from forms.build.importing import page_fields
from forms.build.models import FormPage
from forms.definitions.document import Definition
from tests.factories.definitions import help_json
from tests.factories.forms import form_page

FATHER = {"q": "q_relation", "op": "eq", "v": "c_parent"}


def page(**changes: object) -> FormPage:
    return FormPage(slug="help", **page_fields(Definition.from_json(help_json(**changes)), "seed"))


def compared(name: str, one: FormPage, other: FormPage) -> str:
    field = FormPage._meta.get_field(name)
    panel = FormPage.get_edit_handler()
    found = [each for each in panels(panel) if getattr(each, "field_name", "") == name]
    comparison = found[0].get_comparison_class()(field, one, other)
    assert isinstance(comparison, StreamFieldComparison)
    return str(comparison.htmldiff())


def without(said: str, change: str) -> str:
    """One side of the comparison as text."""
    return strip_tags(re.sub(f'<span class="{change}">.*?</span>', "", said))


def panels(panel: object) -> list[object]:
    return [panel, *(each for child in getattr(panel, "children", ()) for each in panels(child))]


@pytest.mark.django_db
def test_a_changed_condition_is_read_before_and_after() -> None:
    steps = help_json()["steps"]
    steps[1]["fields"][1]["show_if"] = FATHER
    said = compared("steps", page(), page(steps=steps))
    before, after = without(said, "addition"), without(said, "deletion")
    assert "Показывать, если «Кем вы приходитесь участнику» — это «Супруга или супруг»" in before
    assert "Показывать, если «Кем вы приходитесь участнику» — это «Мать или отец»" in after


@pytest.mark.django_db
def test_a_new_rule_is_read_with_the_words_of_the_questions() -> None:
    rules = [{"key": "r1", "kind": "topic", "if": FATHER, "label": "Родители"}]
    said = compared("rules", page(), page(rules=rules))
    assert "Если «Кем вы приходитесь участнику» — это «Мать или отец»" in said


def test_a_condition_says_what_it_can_where_its_form_is_unknown() -> None:
    block = ConditionBlock()
    assert block.render_basic(None) == "Показывать всегда"
    assert block.render_basic({"op": "all", "of": []}) == "Показывать, если условие не закончено"


@pytest.mark.django_db
def test_the_screen_of_two_revisions_reads_so(signed_in) -> None:
    live = form_page()
    first = live.latest_revision
    for step in live.steps:
        for question in step.value["questions"]:
            question.value["show_if"] = None
    second = live.save_revision()
    answer = signed_in("admin").get(f"/admin/pages/{live.pk}/revisions/compare/{first.pk}...{second.pk}/")
    assert "«Кем вы приходитесь участнику» — это «Супруга или супруг»" in answer.content.decode()
