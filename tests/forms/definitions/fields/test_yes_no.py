from forms.definitions import fields

from .asking import asking, clean, config, display, refused


def test_both_answers_are_kept() -> None:
    assert clean(asking("yes_no"), "yes") is True
    assert clean(asking("yes_no"), "no") is False
    assert clean(asking("yes_no"), False) is False
    assert clean(asking("yes_no", required=False), "") is None
    assert "Да" in refused(asking("yes_no"), "").messages[0]


def test_other_values_are_refused() -> None:
    for raw in ("да", "1", 1, 0, ["yes"], {"yes": 1}):
        refused(asking("yes_no"), raw)


def test_no_is_an_answer_everywhere() -> None:
    question, kind = asking("yes_no", no="Пока нет"), fields.get("yes_no")
    assert display(question, False) == "Пока нет"
    assert kind.column(question, False) == "Пока нет"
    assert kind.export(question, False) == [("Вопрос", "Пока нет")]
    assert kind.shown_in_form(question, False) == "no"
    assert display(question, None) == "не указано"
    assert config(asking("yes_no", yes=5))
