"""A search that forgives: synonyms, the other keyboard layout, typing mistakes; suggestions; what nobody found."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from home import missed_searches
from home.known_words import in_russian, known
from home.models import MissedSearch, Synonym
from home.search import search_site
from tests.factories import home as make

pytestmark = pytest.mark.django_db
LAYOUT = dict(zip("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.", strict=True))


@pytest.fixture
def pages() -> Any:
    home = make.site()
    make.standard(home, title="Санаторное лечение", slug="sanatorium", lead="Отдых и реабилитация.", body=[])
    make.standard(home, title="Психолог для семьи", slug="psychologist", lead="Очно и по видео.", body=[])
    make.standard(home, title="Деньги", slug="money", lead="", body=[("text", "<p>Выплаты при ранении.</p>")])
    make.news(make.news_index(home), title="Психологи приехали в Братск", slug="bratsk", lead="", body=[])
    return home


@pytest.fixture
def teach(django_capture_on_commit_callbacks: Any) -> Any:
    """Add a synonym, committed."""

    def teach(asked: str, means: str) -> Synonym:
        with django_capture_on_commit_callbacks(execute=True):
            return Synonym.objects.create(asked=asked, means=means)

    return teach


def found(query: str) -> tuple[list[str], str]:
    answer = search_site(query)
    return [result.url for result in answer.results], answer.corrected


@pytest.mark.parametrize(
    ("query", "first", "corrected"),
    [
        ("санотарное лечение", "/sanatorium/", "санаторное лечение"),  # two letters changed places
        ("сонаторное", "/sanatorium/", "санаторное"),
        ("психолг", "/psychologist/", "психолог"),
        ("псехолог", "/psychologist/", "психолог"),
        ("cfyfnjhyjt", "/sanatorium/", "санаторное"),
        ("GCB[JKJU", "/psychologist/", "психолог"),
        ("gcb[jku", "/psychologist/", "психолог"),  # the other layout and a mistake
        ("психолг космонавту", "/psychologist/", "психолог космонавту"),
    ],
)
def test_mistakes_are_mended_and_told(pages: Any, query: str, first: str, corrected: str) -> None:
    urls, told = found(query)
    assert urls[0] == first
    assert told == corrected


@pytest.mark.parametrize("query", ["крокодил", "кот", "12345", "xyz", "ъъъъъ"])
def test_what_is_unlike_everything_stays_unfound(pages: Any, query: str) -> None:
    assert found(query) == ([], "")


def test_what_is_found_as_it_stands_is_not_mended(pages: Any) -> None:
    assert found("ранения") == (["/money/"], "")  # stands in a body only, and is like nothing in the titles


def test_a_synonym_finds_what_the_pages_call_otherwise(pages: Any, teach: Any) -> None:
    assert found("путёвка") == ([], "")
    teach("путёвка, отдых на море", "санаторное лечение")
    assert found("путевки") == (["/sanatorium/"], "")
    assert found("отдых на море") == (["/sanatorium/"], "")
    assert found("путёфка") == (["/sanatorium/"], "путёвка".replace("ё", "е"))


def test_by_any_of_the_words_counts_what_they_mean_too(pages: Any, teach: Any) -> None:
    assert found("дядя путёвка") == ([], "")
    teach("путёвка", "санаторное лечение")
    assert found("дядя путёвка") == (["/sanatorium/"], "")


def test_pages_that_say_the_word_itself_are_found_beside_those_of_a_synonym(
    pages: Any, teach: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make.standard(pages, title="Лагерь", slug="camp", lead="Дешёвая путёвка детям.", body=[])
    synonym = teach("путёвка", "санаторное лечение")
    assert sorted(found("путёвка")[0]) == ["/camp/", "/sanatorium/"]
    with django_capture_on_commit_callbacks(execute=True):
        synonym.delete()
    assert found("путёвка")[0] == ["/camp/"]


@pytest.mark.parametrize("wrong", [{"asked": "и, в"}, {"asked": "путёвка,"}, {"means": "на"}])
def test_a_synonym_of_nothing_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Synonym(**({"asked": "путёвка", "means": "санаторий"} | wrong)).full_clean()


@given(st.text(alphabet=list(LAYOUT), min_size=1))
def test_the_other_layout_is_read_back_letter_by_letter(text: str) -> None:
    typed = "".join(LAYOUT[letter] for letter in text)
    if any("a" <= letter <= "z" for letter in typed):
        assert in_russian(typed) == text
        assert in_russian(typed.upper().replace("[", "{")) == text
    assert in_russian(text) == text


def test_suggestions_begin_as_what_is_typed(pages: Any) -> None:
    def titles(typed: str) -> list[str]:
        return [each["title"] for each in Client().get("/search/suggest/", {"q": typed}).json()["suggestions"]]

    assert titles("псих") == ["Психолог для семьи", "Психологи приехали в Братск"]
    assert titles("брат псих") == ["Психологи приехали в Братск"]
    assert titles("gcb[") == ["Психолог для семьи", "Психологи приехали в Братск"]
    assert titles("крок") == titles("") == titles("\0") == titles("<>") == []
    pages.get_children().get(slug="psychologist").unpublish()
    cache.clear()
    assert titles("псих") == ["Психологи приехали в Братск"]


def test_suggestions_ask_the_database_once(pages: Any, django_assert_num_queries: Any) -> None:
    Client().get("/search/suggest/?q=псих")
    with django_assert_num_queries(0):
        Client().get("/search/suggest/?q=бра")


def test_few_queries_even_with_synonyms_and_mistakes(
    pages: Any, teach: Any, django_assert_max_num_queries: Any
) -> None:
    teach("путёвка", "санаторное лечение")
    found("путёвка")
    with django_assert_max_num_queries(6):
        found("путёвка")
    with django_assert_max_num_queries(10):
        found("санотарное личение")


def test_the_screen_tells_what_it_shows_instead(pages: Any) -> None:
    text = Client().get("/search/", {"q": "сонаторное"}).content.decode()
    assert "По&nbsp;запросу «сонаторное» ничего не&nbsp;нашлось. Показываем «<b>санаторное</b>»" in text
    assert "Показываем" not in Client().get("/search/", {"q": "санаторное"}).content.decode()


def search_from(address: str, query: str) -> None:
    Client(REMOTE_ADDR=address).get("/search/", {"q": query})


def test_a_search_that_found_nothing_is_kept_when_three_people_made_it(pages: Any) -> None:
    cache.clear()
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        search_from(address, "Крокодилы")
    assert not MissedSearch.objects.exists()
    search_from("10.0.0.3", "крокодилы ")
    assert MissedSearch.objects.values_list("words", "times").get() == ("крокодилы", 3)
    search_from("10.0.0.4", "крокодилы")
    search_from("10.0.0.4", "крокодилы")
    assert MissedSearch.objects.get().times == 4


@pytest.mark.parametrize(
    "query",
    ["8 914 123-45-67", "ivanov@mail.ru", "Крокодилов Иван Иванович", "Крокодилова Анна Сергеевна",
     "крокодил в доме очень большой и страшный зелёный", "крокодил 1985", "кр"],
)  # fmt: skip
def test_what_may_be_about_a_person_is_never_kept(pages: Any, query: str) -> None:
    for number in range(missed_searches.PEOPLE + 2):
        missed_searches.note(query, f"10.0.0.{number}")
    assert not MissedSearch.objects.exists()


def test_the_list_of_missed_searches_does_not_grow_without_end(pages: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed_searches, "_MOST_ROWS", 2)
    cache.clear()
    for query in ("крокодил", "бегемот", "носорог"):
        for number in range(missed_searches.PEOPLE):
            missed_searches.note(query, f"10.0.0.{number}")
    assert MissedSearch.objects.count() == 2


def test_the_press_service_reads_the_report_and_teaches_the_search(
    pages: Any, signed_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    MissedSearch.objects.create(words="крокодилы", times=5)
    press = signed_in("press")
    report = press.get("/admin/snippets/home/missedsearch/").content.decode()
    assert "крокодилы" in report
    assert press.get("/admin/snippets/home/missedsearch/add/").status_code == 302  # refused: nobody writes it by hand
    with django_capture_on_commit_callbacks(execute=True):
        saved = press.post("/admin/snippets/home/synonym/add/", {"asked": "крокодилы", "means": "психолог"})
    assert saved.status_code == 302
    assert found("крокодил")[0][0] == "/psychologist/"
    assert known().meant(["крокодил"]) == [["психолог"]]
    refused = signed_in("reviewer").get("/admin/snippets/home/missedsearch/")
    assert refused.status_code == 302
