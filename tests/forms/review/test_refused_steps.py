"""A step that was refused comes back with everything typed, the reason beside its field, and its buttons."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from forms.applications.models import Application, PendingMove
from forms.applications.states import BY_ACTION, STAFF_MOVES, State
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
FORMS = [move.action for move in STAFF_MOVES if not move.is_button and move.action != "merge"]
# Nothing to read, but no blank either: no form of the browser or of the framework stops it.
NOTHING = "\u200b"
# Of each step a field with what only the action itself refuses; days, people and teams are added by the test.
WRONG: dict[str, dict[str, Any]] = {
    "resolve": {"explanation": NOTHING},
    "explain": {"explanation": NOTHING},
    "refuse": {"norm": NOTHING},
    "redirect": {"redirected_to": NOTHING},
    "ask": {"wanted_by": "2020-01-01"},
    "put_off": {"contact_on": "2020-01-01"},
    "extend": {"extension_reason": NOTHING},
    "assign": {"assignee": ""},
    "reassign": {},
    "hand_over": {"reason": NOTHING},
    "mark_spam": {"reason": NOTHING},
    "reopen": {"notice": NOTHING},
}


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", user, person("reviewer", "colleague"))
    return user


def _needs(action: str, lead: Any) -> dict[str, Any]:
    """What the whole form holds."""
    move = BY_ACTION[action]
    given = {
        "contact_on": (timezone.localdate() + datetime.timedelta(days=3)).isoformat(),
        "team": make.team("Другая команда", codes=()).pk,
        "assignee": lead.teams.get().members.get(username="colleague").pk,
        "next_step": "Позвоните нам.",
        **make.NEEDS.get(action, {}),
    }
    if action == "ask":
        return given | {"kind": "question", "wanted_by": given["contact_on"]}
    return {name: given[name] for name in (*move.asks, *move.may_add)}


def _drawn_again(answer: Any, typed: dict[str, Any]) -> str:
    form, text = answer.context["form"], answer.content.decode()
    kept = {name: str(form[name].value() or "") for name in typed if name in form.fields}
    assert kept == {name: str(value) for name, value in typed.items() if name in form.fields}
    assert 'name="go"' in text
    assert "Текст можно скопировать" not in text
    return str(text)


@pytest.mark.parametrize("action", FORMS)
def test_a_refused_step_comes_back_whole(action: str, lead: Any, signed_in: Any) -> None:
    move = BY_ACTION[action]
    application = make.new() if State.NEW in move.sources else make.BY_STATE[move.sources[0]](lead)
    client, address = signed_in(lead), f"/admin/queue/{application.pk}/{action}/"
    right = _needs(action, lead) | {"go": "1"}
    wrong = WRONG[action] or {"assignee": lead.pk}
    (field,) = wrong
    answer = client.post(address, right | wrong | {"expected": application.version})
    text = _drawn_again(answer, right | wrong)
    assert answer.context["form"].errors.keys() == {field}
    # The words stand beside the field, and the field names them to who does not see.
    assert f'id="id_{field}_error"' in text
    assert f'id_{field}_error"' in text.partition(f'name="{field}"')[2].partition(">")[0]
    # What somebody else changed meanwhile is told above, and what names no version counts as old.
    Application.objects.filter(pk=application.pk).update(version=application.version + 1)
    for seen in (application.version, "", "x"):
        answer = client.post(address, right | {"expected": seen})
        assert answer.status_code == 409
        assert "карточку только что изменили" in _drawn_again(answer, right)
    done = client.post(address, right | {"expected": answer.context["form"]["expected"].value()})
    assert done.status_code == 302
    application.refresh_from_db()
    assert application.journal.last().action == action


def test_a_step_waits_for_one_that_is_on_its_way_and_keeps_its_buttons(lead: Any, signed_in: Any) -> None:
    application = make.in_work(lead)
    PendingMove.objects.create(
        application=application,
        user=lead,
        action="explain",
        expected=2,
        due_at=timezone.now() + datetime.timedelta(hours=1),
    )
    right = _needs("refuse", lead) | {"expected": 2, "go": "1"}
    answer = signed_in(lead).post(f"/admin/queue/{application.pk}/refuse/", right)
    assert "уже отправляет Левченко А." in _drawn_again(answer, right)


def test_where_nothing_typed_would_help_the_words_can_be_copied(lead: Any, person: Any, signed_in: Any) -> None:
    reviewer = person("reviewer", "another")
    make.team("Иркутск", reviewer)
    application = make.in_work(lead)
    typed = {"expected": 2, "explanation": "Придите в среду.", "go": "1"}
    text = signed_in(reviewer).post(f"/admin/queue/{application.pk}/explain/", typed).content.decode()
    assert "Придите в среду.</textarea>" in text and "Текст можно скопировать" in text and 'name="go"' not in text


def test_answers_to_correct_say_beside_them_what_is_missing(lead: Any, signed_in: Any) -> None:
    application = make.in_work(lead)
    typed = {"expected": 2, "kind": "correct", "ask": ["q_phone"], "why_q_phone": "", "text": "Добрый день", "go": "1"}
    answer = signed_in(lead).post(f"/admin/queue/{application.pk}/ask/", typed)
    assert "Напишите, что поправить: «Телефон»." in str(answer.context["asked_error"])
    text = _drawn_again(answer, {"text": "Добрый день", "kind": "correct"})
    assert text.count('id="asked_error"') == 1 and 'id="ask_q_phone" name="ask" value="q_phone" checked' in text


def test_what_was_extended_once_is_not_offered_again(lead: Any, signed_in: Any) -> None:
    application = make.moved("extend", lead)
    client, card = signed_in(lead), f"/admin/queue/{application.pk}/"
    assert f"{card}extend/" not in client.get(card).content.decode()
    answer = client.get(f"{card}extend/", follow=True)
    assert "Срок уже продлевали, второй раз нельзя" in answer.content.decode()


@pytest.mark.parametrize(
    ("action", "field", "value", "sentence"),
    [
        ("extend", "days", "31", "Напишите число дней от 1 до 30."),
        ("extend", "days", "много", "Напишите число дней от 1 до 30."),
        ("explain", "explanation", "x" * 5001, "Сократите до 5000 знаков, сейчас их 5001."),
        ("put_off", "put_off_reason", "x", "Такого варианта нет. Выберите из списка."),
        ("reassign", "assignee", "99999999999999999999", "Такого варианта нет. Выберите из списка."),
        ("hand_over", "team", "x", "Такого варианта нет. Выберите из списка."),
    ],
)
def test_what_is_wrong_says_what_to_do(action: str, field: str, value: str, sentence: str, lead, signed_in) -> None:
    application = make.in_work(lead)
    right = _needs(action, lead) | {"expected": 2, "go": "1", field: value}
    answer = signed_in(lead).post(f"/admin/queue/{application.pk}/{action}/", right)
    assert answer.context["form"].errors[field] == [sentence]
