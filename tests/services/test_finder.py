from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from services import finder
from services.finder import Facts

WORDS = {
    "situation": (("injury", "Ранение"), ("loss", "Утрата"), ("home", "Вернулся домой")),
    "who": (("self", "Участник СВО"), ("spouse", "Супруга или супруг")),
    "territory": (("bratsk", "Братск"), ("tulun", "Тулун")),
    "category": (("money", "Деньги"), ("law", "Юридическая")),
    "level": (("federal", "Федеральная"), ("regional", "Региональная")),
}
MEASURES = [
    Facts(1, frozenset({"injury"}), frozenset({"self", "spouse"}), frozenset(), "money", "federal"),
    Facts(2, frozenset({"injury", "loss"}), frozenset({"spouse"}), frozenset({"bratsk"}), "law", "regional"),
    Facts(3, frozenset({"loss"}), frozenset({"spouse"}), frozenset(), "money", "regional"),
]


def ids(chosen):
    return [facts.pk for facts in finder.fitting(MEASURES, chosen)]


def test_every_answer_narrows():
    assert ids({}) == [1, 2, 3]
    assert ids({"situation": "injury"}) == [1, 2]
    assert ids({"situation": "injury", "who": "self"}) == [1]


def test_a_measure_without_places_holds_everywhere():
    assert ids({"territory": "tulun"}) == [1, 3]
    assert ids({"territory": "bratsk"}) == [1, 2, 3]


def test_counts_are_within_the_other_answers_and_none_is_zero():
    shown = finder.options(MEASURES, {"situation": "injury"}, WORDS, "who")
    assert [(option.code, option.count) for option in shown] == [("self", 1), ("spouse", 2)]
    own = finder.options(MEASURES, {"situation": "injury"}, WORDS, "situation")
    assert [(option.code, option.count, option.is_chosen) for option in own] == [
        ("injury", 2, True),
        ("loss", 2, False),
    ]


def test_a_chosen_answer_that_fits_nothing_stays_to_be_taken_back():
    shown = finder.options(MEASURES, {"situation": "home"}, WORDS, "situation")
    assert [option.code for option in shown if option.is_chosen] == ["home"]
    assert shown[-1].query == "?"


def test_unknown_and_hostile_answers_are_left_out():
    asked = {"situation": "injury", "who": "' OR 1=1", "level": "x" * 10_000, "nonsense": "1"}
    assert finder.clean(asked, WORDS) == {"situation": "injury"}


def test_addresses_have_one_order():
    assert finder.query({"who": "self", "situation": "injury"}) == "?situation=injury&who=self"
    assert finder.query({}) == "?"
    assert finder.query({"who": "self"}, shown="all") == "?who=self&shown=all"


def test_a_chip_takes_its_own_answer_back():
    given_answers = finder.chips({"situation": "injury", "who": "self"}, WORDS)
    assert [(chip.label, chip.query) for chip in given_answers] == [
        ("Ранение", "?who=self"),
        ("Участник СВО", "?situation=injury"),
    ]


facts = st.builds(
    Facts,
    st.integers(),
    st.frozensets(st.sampled_from(["injury", "loss", "home"])),
    st.frozensets(st.sampled_from(["self", "spouse"])),
    st.frozensets(st.sampled_from(["bratsk", "tulun"])),
    st.sampled_from(["money", "law"]),
    st.sampled_from(["federal", "regional"]),
)
answers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from([code for code, _label in pairs]) for name, pairs in WORDS.items()}
)


@given(st.lists(facts, max_size=20), answers, st.sampled_from(finder.ORDER))
def test_the_count_beside_an_answer_is_what_its_link_shows(measures, chosen, name):
    for option in finder.options(measures, chosen, WORDS, name):
        led_to = {key: values[0] for key, values in parse_qs(option.query[1:]).items()}
        found = finder.fitting(measures, led_to)
        if not option.is_chosen:
            assert led_to[name] == option.code
            assert len(found) == option.count > 0
        else:
            assert name not in led_to
