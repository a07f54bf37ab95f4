"""Two versions told apart, and a draft moved from one to the other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions.diff import diff, summary
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.moving import migrate_answers
from tests.factories.definitions import help_json, question
from tests.factories.family import child, family, family_json

from . import strategies

OLD = family()
ANSWERS = {
    "q_who": "c_wife",
    "q_name": "Мария",
    "q_income": 5,
    "q_kids": [child("r1", "Аня", "2000-05-05")],
    "q_phone": "+79000000000",
}


def changed(change: Any) -> Definition:
    """The family's form after `change(data)`."""
    data = family_json()
    change(data)
    return Definition.from_json(data)


def field(data: Any, step: int, place: int) -> Any:
    return data["steps"][step]["fields"][place]


def sentences(new: Definition) -> str:
    return "\n".join(f"{each.kind}: {each.sentence} [{'; '.join(each.consequences)}]" for each in diff(OLD, new))


def test_equal_definitions_have_no_difference() -> None:
    assert diff(OLD, family()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(title="Другая"), "changed: Название: «Семья» → «Другая»"),
        (lambda d: d["consent"].update(text="Иное"), "согласие спросим заново"),
        (lambda d: d["steps"].append({"key": "s_new", "title": "Ещё", "fields": []}), "added: Новый шаг «Ещё»"),
        (lambda d: d["steps"].reverse(), "переставлен"),
        (lambda d: d["steps"][0].update(title="Вы"), "Шаг «Шаг» теперь называется «Вы»"),
        (
            lambda d: d["steps"][1].update(show_if={"q": "q_income", "op": "gt", "v": 1}),
            "«Доход» больше 1 (было: всегда)",
        ),
        (lambda d: field(d, 0, 2).update(label="Имя"), "теперь звучит так: «Имя» [ответ в черновиках сохранится]"),
        (lambda d: field(d, 0, 2).update(required=False), "«Как вас зовут» можно не отвечать"),
        (lambda d: field(d, 0, 2).update(type="phone"), "стал «Телефон» [ответ в черновиках будет потерян]"),
        (lambda d: field(d, 0, 2).update(type="long_text"), "сохранится, если подойдёт"),
        (
            lambda d: d["steps"][0]["fields"].pop(3),
            "removed: Вопрос «Доход» убран [ответ в черновиках будет потерян; столбец",
        ),
        (lambda d: d["steps"][0]["fields"].append(question("q_x", "date", "Икс")), "столбец в выгрузке появится"),
        (
            lambda d: d["steps"][0]["fields"].insert(1, d["steps"][0]["fields"].pop(3)),
            "moved: Вопрос «Доход» переставлен",
        ),
        (lambda d: d["steps"][2]["fields"].append(d["steps"][0]["fields"].pop(3)), "перенесён: теперь он в «Шаг»"),
        (lambda d: field(d, 0, 1)["options"]["choices"].pop(), "убран ответ «Знакомый» [в черновиках с этим ответом"),
        (lambda d: field(d, 0, 1)["options"]["choices"][0].update(label="Жена"), "ответ «Супруга» теперь «Жена»"),
        (lambda d: field(d, 0, 1)["options"]["choices"].reverse(), "в другом порядке"),
        (lambda d: field(d, 1, 0)["fields"][0].update(label="Как зовут"), "Вопрос «Имя» теперь звучит так"),
        (lambda d: d["rules"].pop(0), "removed: Правило убрано: остановить: «Форма для родных», если «Кем вы"),
        (lambda d: d["rules"][3].update(team="x"), "changed: Изменилось правило: передать в «x», если"),
    ],
)
def test_each_change_reads_in_russian(change: Any, words: str) -> None:
    assert words in sentences(changed(change))


def test_a_summary_counts() -> None:
    new = changed(lambda d: d["steps"][0]["fields"].pop(3))
    assert summary(diff(OLD, new)) == {"added": 0, "removed": 1, "moved": 0, "changed": 0}


def test_a_draft_keeps_what_still_fits_and_is_told_the_rest() -> None:
    def change(data: Any) -> None:
        field(data, 0, 1)["options"]["choices"].pop(0)
        field(data, 0, 2)["type"] = "long_text"
        data["steps"][0]["fields"].pop(3)
        data["steps"][2]["fields"].append(question("q_new", "date", "Когда удобно"))
        data["rules"].pop(1)

    kept, told = migrate_answers(OLD, changed(change), ANSWERS)
    assert kept == {key: ANSWERS[key] for key in ("q_name", "q_kids", "q_phone")}
    assert [(each.kind, each.key) for each in told] == [
        ("changed", "q_who"),
        ("removed", "q_income"),
        ("added", "q_new"),
    ]


def test_a_row_keeps_what_fits() -> None:
    new = changed(lambda d: field(d, 1, 0)["fields"][1].update(type="whole_number"))
    kept, told = migrate_answers(OLD, new, ANSWERS)
    assert kept["q_kids"] == [{"id": "r1", "q_kid": "Аня"}]
    assert [each.key for each in told] == ["q_kids"]


@given(st.dictionaries(st.sampled_from([f.key for f in OLD.all_fields]), strategies.json_values, max_size=6))
def test_moving_to_the_same_version_never_raises_and_is_stable(answers: dict[str, Any]) -> None:
    kept, _told = migrate_answers(OLD, family(), answers)
    assert migrate_answers(OLD, family(), kept)[0] == kept
    assert set(Journey(OLD, kept).kept()) <= {f.key for f in OLD.fields}


def test_moving_between_strangers_keeps_nothing_and_reads() -> None:
    other = Definition.from_json(help_json())
    assert diff(OLD, other)
    assert set(migrate_answers(OLD, other, ANSWERS)[0]) <= {"q_phone"}
