"""Measures in pickers: what never shows as valid is never offered as valid, and who works with answers is told why."""

from datetime import date

import pytest

from forms.build import gate
from forms.definitions import fields
from forms.definitions.question import Field
from services import measures
from tests.factories import services as make
from tests.factories.definitions import question
from tests.factories.family import step
from tests.factories.forms import form_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
LATE = date(2026, 11, 24)
ASKED = Field("q_measure", "measure", "Какая мера")


@pytest.fixture
def offered():
    late = {"checked_on": date(2026, 5, 1), "next_check": LATE}
    return {
        "good": make.measure("good", title="Вовремя"),
        "late": make.measure("late", title="Просрочена", **late),
        "never": make.measure("never", title="Ни разу", checked_on=None),
        "over": make.measure("over", title="Кончилась", valid_to=LATE),
        "soon": make.measure("soon", title="Скоро", valid_from=date(2027, 1, 1)),
        "draft": make.measure("draft", title="Черновик", live=False),
    }


def test_a_picker_offers_only_what_holds_today(offered):
    assert measures.choices() == [(str(offered["good"].pk), "Вовремя")]
    kind = fields.get("measure")
    assert [words for _key, words in kind.choices(ASKED)] == ["Вовремя"]
    with pytest.raises(Exception, match="Выберите ответ из списка"):
        kind.clean(ASKED, str(offered["late"].pk))
    assert kind.display(ASKED, str(offered["late"].pk)) == "Просрочена", "an answer once given keeps its words"


def test_who_compares_answers_sees_all_and_why_some_are_not_offered(offered):
    words = {label for _key, label in fields.get("measure").listed(ASKED)}
    late = "меру не проверили в срок"
    assert words == {
        "Вовремя", f"Просрочена ({late})", f"Ни разу ({late})", "Кончилась (мера закончилась)",
        "Скоро (мера ещё не действует)",
    }  # fmt: skip
    assert measures.why_not_offered(str(offered["draft"].pk)) == "мера не опубликована"
    assert measures.why_not_offered("999999") == "такой меры больше нет"
    assert measures.why_not_offered(str(offered["good"].pk)) == ""


def test_a_form_that_names_one_goes_on_and_its_editor_is_warned(offered):
    waits = {"q": "q_measure", "op": "in", "v": [str(offered[name].pk) for name in ("good", "late")]}
    asked = [
        question("q_measure", "measure", "Какая мера"),
        question("q_more", "short_text", "Уточните", show_if=waits),
    ]
    page = form_page(steps=[step("s_1", *asked, question("q_phone", "phone", "Телефон", required=True))], rules=[])
    _definition, findings = gate.inspect(page)
    sentence = "У вопроса «Какая мера» сейчас не выбрать «Просрочена»: меру не проверили в срок"
    assert [(found.sentence, found.level) for found in findings if "Просрочена" in found.sentence] == [
        (sentence, "warning")
    ]
    assert not [found for found in findings if "Вовремя" in found.sentence]
    assert not gate.problems_of(page)
