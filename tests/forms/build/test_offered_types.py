"""What the editor offers works: every type with its defaults, and none that cannot be set up."""

import pytest

from forms.build.blocks import settings
from forms.build.blocks.questions import QuestionsBlock
from forms.build.compiler import Keys
from forms.definitions import fields
from forms.definitions.question import Field

OFFERED = sorted(QuestionsBlock().child_blocks)
NEEDS_WORDS = {"choice", "multiple_choice", "group", "computed"}


def test_what_cannot_be_set_up_here_is_not_offered() -> None:
    assert set(OFFERED) == {each.name for each in fields.all_types()} - {"consent"}


def test_a_row_takes_everything_but_another_group_and_a_meeting() -> None:
    inside = QuestionsBlock().child_blocks["group"].child_blocks["questions"].child_blocks
    assert set(inside) == set(OFFERED) - {"group", "meeting"}


@pytest.mark.parametrize("name", [name for name in OFFERED if name not in NEEDS_WORDS])
def test_a_question_needs_nothing_but_its_words(name: str) -> None:
    value = QuestionsBlock().child_blocks[name].get_default()
    options = settings.write(name, value, Keys([]))
    assert fields.get(name).config_errors(Field("q1", name, "Вопрос", options=options)) == []
