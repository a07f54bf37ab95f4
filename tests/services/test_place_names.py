"""A municipality is known however people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.place_names import resolve

NAMES = {
    "angarsky": ("Ангарский городской округ", "Ангарск", "Мегет"),
    "bratsk": ("Братск",),
    "bratsky": ("Братский район", "Вихоревка"),
    "irkutsk": ("Иркутск",),
    "irkutsky": ("Иркутский район", "Хомутово"),
    "cheremkhovo": ("Черемхово",),
    "cheremkhovsky": ("Черемховский район", "Михайловка"),
    "shelekhovsky": ("Шелеховский район", "Шелехов"),
    "slyudyansky": ("Слюдянский район", "Слюдянка"),
    "ust-kutsky": ("Усть-Кутский район", "Усть-Кут"),
    "north": ("Ленинский район Саратова",),
    "south": ("Ленинский район Самары",),
}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Ангарск", "angarsky"),
        ("я живу в Ангарске", "angarsky"),
        ("ангараск", "angarsky"),
        ("Братск", "bratsk"),
        ("в Братском районе", "bratsky"),
        ("Братский р-н", "bratsky"),
        ("г. Иркутск", "irkutsk"),
        ("Иркутский район", "irkutsky"),
        ("ЧЕРЁМХОВО", "cheremkhovo"),
        ("Шелехове", "shelekhovsky"),
        ("слюдянка", "slyudyansky"),
        ("усть кут", "ust-kutsky"),
        ("Иркутская область, Ангарск, ул. Коминтерна, 41", "angarsky"),
        ("Братск, улица Иркутская, 5", "bratsk"),
        ("Иркутский район, село Хомутово", "irkutsky"),
    ],
)
def test_one_municipality_is_meant(said, code):
    assert resolve(said, NAMES) == (code,)


def test_what_may_mean_two_is_left_to_the_asker():
    assert resolve("Ленинский район", NAMES) == ("north", "south")


@pytest.mark.parametrize("said", ["", "Марс", "42", "район", "в", "🙂", "ул. Ленина"])
def test_nobody_knows(said):
    assert resolve(said, NAMES) == ()


@given(st.text(max_size=200))
def test_nothing_that_is_written_breaks_it(text):
    assert set(resolve(text, NAMES)) <= set(NAMES)
