from forms.definitions import fields

from .asking import asking, clean, config, display, refused

GIVEN = {"place": " село  Хомутово ", "street": "", "house": "б/н", "building": None, "flat": "2", "how": "за мостом"}


def test_blank_parts_are_left_out() -> None:
    value = clean(asking("address"), GIVEN)
    assert value == {"place": "село Хомутово", "house": "б/н", "flat": "2", "how": "за мостом"}
    assert display(asking("address"), value) == "село Хомутово, д. б/н, кв. 2, за мостом"
    assert fields.get("address").display_list(asking("address"), value) == ["село Хомутово, д. б/н, кв. 2", "за мостом"]


def test_the_error_names_the_part() -> None:
    assert refused(asking("address"), GIVEN | {"place": ""}).code == "place"
    assert refused(asking("address"), GIVEN | {"house": " "}).code == "house"
    assert refused(asking("address"), GIVEN | {"flat": "9" * 21}).code == "flat"
    assert refused(asking("address"), "Иркутск").code == "place"


def test_the_index_is_asked_only_where_wanted() -> None:
    assert "index" not in clean(asking("address"), GIVEN | {"index": "1"})
    question = asking("address", index=True, how=False)
    assert clean(question, GIVEN | {"index": "664 003"})["index"] == "664003"
    assert refused(question, GIVEN | {"index": "1"}).code == "index"
    assert "how" not in clean(question, GIVEN)
    assert list(fields.get("address").form_field(question).widget.parts) == [
        *("index", "place", "street", "house", "building", "flat")
    ]
    assert config(asking("address", index="yes"))


def test_every_part_is_a_column() -> None:
    titles = [
        title for title, _text in fields.get("address").export(asking("address"), {"place": "Зима", "house": "1"})
    ]
    assert titles == [
        f"Вопрос: {each}" for each in ("Город, село или посёлок", "Улица", "Дом", "Корпус", "Квартира", "Как проехать")
    ]
