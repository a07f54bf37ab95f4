"""What makes an application findable: written with it, rewritten with it, gone with it; the same on both engines."""

import datetime
import secrets

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from forms.applications import actions, answering, finding_words, indexing, withdrawal
from forms.applications.models import Answer, Application, Label, Question, SearchDoc, Urgency
from forms.definitions import fields
from forms.definitions.document import Definition
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = pytest.mark.django_db
RULES = [
    {"key": "r_1", "kind": "topic", "if": {"q": "q_topics", "op": "contains", "v": "c_psy"}, "label": "Психолог"},
    {"key": "r_2", "kind": "topic", "if": {"q": "q_topics", "op": "contains", "v": "c_law"}, "label": "Юрист"},
    {"key": "r_3", "kind": "urgency", "if": {"q": "q_topics", "op": "contains", "v": "c_law"}, "level": 2},
]


@pytest.fixture
def reviewer(person):
    user = person("reviewer")
    make.team("Иркутск", user)
    return user


def _rows(application: Application) -> set[tuple[str, str | None, float | None]]:
    rows = Answer.objects.filter(application=application).select_related("question")
    return {(row.question.key, row.text, row.num) for row in rows}


def _found(text: str) -> set[int]:
    return set(Application.objects.filter(finding_words.having(indexing.asked(text))).values_list("pk", flat=True))


def test_choices_places_and_dates_are_kept_by_type(reviewer) -> None:
    application = make.new(q_relation="c_spouse", q_birth="2020-02-29", q_topics=["c_psy", "c_law"])
    assert _rows(application) == {
        ("q_place", "irkutsk", None),
        ("q_relation", "c_spouse", None),
        ("q_birth", None, float(datetime.date(2020, 2, 29).toordinal())),
        ("q_topics", "c_psy", None),
        ("q_topics", "c_law", None),
    }
    make.new()
    assert Question.objects.filter(key="q_place").count() == 1


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("yes_no", False, [(None, 0.0)]),
        ("whole_number", 7, [(None, 7.0)]),
        ("decimal", 1.5, [(None, 1.5)]),
        ("money", "12500.50", [(None, 12500.5)]),
        ("time", "09:30", [(None, 570.0)]),
        ("date", "2026-11", []),
        ("birth_date", {"age": 40, "on": "2026-01-01"}, []),
        ("computed", "2026-01-02", [(None, float(datetime.date(2026, 1, 2).toordinal()))]),
        ("computed", 41, [(None, 41.0)]),
        ("choice", {"choice": "other", "other": "свой"}, [("other", None)]),
        ("short_text", "текст", []),
        ("whole_number", None, []),
    ],
)
def test_what_is_kept_of_each_type(kind, value, kept) -> None:
    question = Definition.from_json(definitions.help_json()).field("q_wishes")
    assert fields.get(kind)
    assert indexing.values(question.__class__(key="q", type=kind, label="Вопрос"), value) == kept


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("психологом", True),
        ("ПСИХОЛОГ", True),
        ("поговорили", True),
        ("ребёнок", True),
        ("детей", True),
        ("психолог юрист", False),
        ("психолог ребенку", True),
        ("псих", False),
        ("стороже", False),
        ("2512", True),
        ("' OR 1=1 --", False),
        ('"', None),
        ("% _ *", None),
        ("и на от", None),
    ],
)
def test_words_by_their_stems(reviewer, text, found) -> None:
    """The same cases run on SQLite and on PostgreSQL, wherever the suite runs."""
    application = make.new(q_story="Хочу поговорить с психологом о ребёнке. Дом 2512.")
    if found is None:
        assert indexing.asked(text) == []
    else:
        assert (application.pk in _found(text)) is found


def test_messages_of_both_sides_are_found_and_erased_with_the_rest(reviewer) -> None:
    application = make.waiting(reviewer, "Пришлите справку о доходах.")
    assert _found("справка") == {application.pk}
    answering.answer(application.pk, application.inquiries.get().pk, "k1", text="Пришлю в понедельник")
    assert _found("понедельника справки психологу") == {application.pk}
    withdrawal.withdraw_consent(application.pk)
    Application.objects.filter(pk=application.pk).update(erase_on=timezone.localdate())
    withdrawal.erase(application.pk)
    assert _found("справка") == _found("психолог") == set()
    assert not _rows(application)
    assert SearchDoc.objects.get(pk=application.pk).stems == " "


def test_corrected_answers_replace_the_old_ones(reviewer) -> None:
    application = make.waiting(reviewer, asked={"q_relation": "Уточните", "q_story": "Подробнее"})
    raw = {"q_relation": "c_child", "q_story": "Нужен нотариус"}
    answering.answer(application.pk, application.inquiries.get().pk, "k1", raw=raw)
    assert ("q_relation", "c_child", None) in _rows(application)
    assert ("q_relation", "c_parent", None) not in _rows(application)
    assert _found("нотариусы") == {application.pk}
    assert _found("психолог") == set()


def _sent(**answers) -> Application:
    version = definitions.published_form(rules=RULES)
    return actions.submit_answers(version, definitions.help_answers(**answers), 1, "site", secrets.token_hex(8))


def test_topic_labels_and_urgency_come_from_the_rules_of_the_form(reviewer) -> None:
    usual, urgent = _sent(q_topics=["c_money"], q_debts="за август"), _sent(q_topics=["c_psy", "c_law"])
    assert (usual.topic, usual.urgency) == (None, Urgency.USUAL)
    assert (urgent.topic.name, urgent.urgency) == ("Психолог", Urgency.SOON)
    assert [each.label.name for each in urgent.labellings.select_related("label")] == ["Юрист"]
    assert _sent(q_topics=["c_psy"]).topic == urgent.topic
    assert Label.objects.count() == 2


def test_old_applications_are_made_findable_by_the_command(reviewer, capsys) -> None:
    application = make.waiting(reviewer, "Пришлите справку")
    before = _rows(application)
    Answer.objects.all().delete()
    SearchDoc.objects.all().delete()
    assert _found("справка") == set()
    call_command("index_applications")
    assert "indexed: 1" in capsys.readouterr().out
    assert _rows(application) == before
    assert _found("справка психолог") == {application.pk}
    assert indexing.catch_up() == []
    assert indexing.catch_up(everything=True) == [application.pk]


def test_the_indexes_of_the_recipe_exist() -> None:
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, Application._meta.db_table)
        answers = connection.introspection.get_constraints(cursor, Answer._meta.db_table)
    opened = {f"app_open_{name}" for name in ("due", "received", "name", "urgency", "team", "assignee", "state")}
    closed = {f"app_closed_{name}" for name in ("at", "team", "form", "territory", "topic", "assignee")}
    assert opened | closed | {"app_open_unassigned", "app_news", "app_received"} <= known.keys()
    assert {"answer_text", "answer_num"} <= answers.keys()
