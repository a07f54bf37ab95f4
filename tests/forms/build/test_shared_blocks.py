"""Blocks kept once: three from the start, in order by themselves, copied with ids of their own."""

import json
from typing import Any

import pytest

from accounts import roles
from forms.build import shared_block
from forms.build.compiler import compile_steps
from forms.build.models import SharedBlock
from tests.factories.forms import form_index

pytestmark = pytest.mark.django_db
LIST = "/admin/form-build/blocks/"


def compiled(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions as a document says them."""
    return compile_steps([{"id": shared_block.STEP, "value": {"title": "", "questions": questions}}])[0]["fields"]


def test_three_are_there_from_the_start_and_in_order() -> None:
    assert list(SharedBlock.objects.values_list("name", flat=True)) == ["Адрес", "Ребёнок", "Человек"]
    for block in SharedBlock.objects.all():
        assert not shared_block.problems_of(block.questions.get_prep_value())
        assert block.about and block.types


def test_a_copy_shares_no_id_and_asks_itself() -> None:
    block = SharedBlock.objects.get(name="Адрес")
    one, two = (shared_block.copy_of(block.questions.get_prep_value()) for _ in range(2))
    stored = set(shared_block._ids(block.questions.get_prep_value()))
    ids = [set(shared_block._ids(copied)) for copied in (one, two)]
    assert not ids[0] & ids[1] and not ids[0] & stored
    for copied in (one, two):
        *_others, same, passport = compiled(copied)
        assert passport["show_if"] == {"q": same["key"], "op": "eq", "v": False}


def test_choices_and_rows_of_a_copy_ask_the_copy() -> None:
    copied = shared_block.copy_of(SharedBlock.objects.get(name="Ребёнок").questions.get_prep_value())
    place, where = compiled(copied)[0]["fields"][2:]
    assert where["show_if"]["q"] == place["key"]
    assert set(where["show_if"]["v"]) == {choice["key"] for choice in place["options"]["choices"][1:]}


def test_words_of_a_copy_hold_the_answers_of_the_copy() -> None:
    raw = SharedBlock.objects.get(name="Человек").questions.get_prep_value()
    raw[1]["value"]["label"] = f"{{q{raw[0]['id'][:8]}|Человек}}, когда вы родились"
    copied = shared_block.copy_of(raw)
    assert copied[1]["value"]["label"] == f"{{q{copied[0]['id'][:8]}|Человек}}, когда вы родились"


@pytest.fixture
def editor(signed_in: Any) -> Any:
    form_index()
    roles.grant_page_rights()
    return signed_in("formeditor")


def test_the_editor_gets_the_list_and_each_time_another_copy(editor: Any) -> None:
    blocks = editor.get(LIST).json()["blocks"]
    assert [block["name"] for block in blocks] == ["Адрес", "Ребёнок", "Человек"]
    assert blocks[1]["types"] == ["group"]
    answers = [editor.get(f"{LIST}{blocks[0]['id']}/").json()["questions"] for _ in range(2)]
    assert [question["type"] for question in answers[0]] == ["territory", "address", "yes_no", "address"]
    assert answers[0][0]["id"] != answers[1][0]["id"]
    assert answers[0][3]["value"]["show_if"]["q"] == answers[0][2]["id"]
    assert editor.get(f"{LIST}0/").status_code == 404


def test_a_block_is_kept_in_order(editor: Any) -> None:
    block = SharedBlock.objects.get(name="Человек")
    url = f"/admin/snippets/form_build/sharedblock/edit/{block.pk}/"
    assert editor.get(url).status_code == 200
    base = {"name": "Человек", "about": "", "questions-count": "1", "questions-0-type": "phone"}
    block_data = {
        "questions-0-order": "0",
        "questions-0-deleted": "",
        "questions-0-id": "",
        "questions-0-value-hint": "",
    }
    answer = editor.post(url, base | block_data | {"questions-0-value-label": ""})
    assert "questions" in answer.context["form"].errors
    empty = editor.post(url, {"name": "Человек", "questions-count": "0"}).context["form"]
    assert "хотя бы один вопрос" in str(empty.errors["questions"])
    answer = editor.post(
        url, base | block_data | {"questions-0-value-label": "Телефон", "questions-0-value-required": "on"}
    )
    assert answer.status_code == 302
    assert [each["label"] for each in compiled(SharedBlock.objects.get(pk=block.pk).questions.get_prep_value())] == [
        "Телефон"
    ]


def test_a_question_of_another_form_cannot_stay_in_a_block() -> None:
    raw = SharedBlock.objects.get(name="Адрес").questions.get_prep_value()
    text = json.dumps(raw).replace(raw[2]["id"], "0" * 8 + raw[2]["id"][8:])
    broken = json.loads(text)
    broken[2]["id"] = raw[2]["id"]
    assert shared_block.problems_of(broken)[0][0] == (3, "show_if")


def test_only_editors_of_forms_see_blocks(signed_in: Any, client: Any) -> None:
    block = SharedBlock.objects.get(name="Адрес")
    press = signed_in("press")
    for address in (LIST, f"{LIST}{block.pk}/", "/admin/snippets/form_build/sharedblock/"):
        assert "/admin/login/" in client.get(address)["Location"]
        assert press.get(address)["Location"] == "/admin/"
