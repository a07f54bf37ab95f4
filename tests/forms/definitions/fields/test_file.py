from typing import Any

import pytest

from forms.definitions import fields
from forms.definitions.fields.file import uploads_in

from .asking import asking, clean, config, display, refused

ONE, TWO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
PAPERS = [{"key": "p_pass", "label": "Паспорт"}, {"key": "p_cert", "label": "Справка"}]


def papers(required: bool = True, **options: Any) -> Any:
    return asking("file", required, types=["image"], papers=PAPERS, **options)


def test_files() -> None:
    question = asking("file", types=["image", "pdf"], max_files=2)
    assert clean(question, {"files": [ONE, TWO, ONE][:2]}) == {"files": [ONE, TWO]}
    assert display(question, {"files": [ONE, TWO]}) == "2 файла"
    assert clean(asking("file", False), {"files": []}) is None
    for raw in (
        {},
        {"files": []},
        {"files": ["x"]},
        {"files": ["../" + ONE]},
        {"files": {ONE: 1}},
        "x",
        {"files": [ONE, TWO, ONE]},
    ):
        refused(question, raw)


def test_every_paper_is_answered() -> None:
    raw = {"papers": {"p_pass": {"how": "now", "files": [ONE]}, "p_cert": {"how": "later", "files": [TWO]}}}
    value = {"papers": {"p_pass": {"how": "now", "files": [ONE]}, "p_cert": {"how": "later"}}}
    assert clean(papers(), raw) == value
    assert display(papers(), value) == "Паспорт: 1 файл; Справка: принесут"
    assert fields.get("file").export(papers(), value) == [
        ("Вопрос: Паспорт", "1 файл"),
        ("Вопрос: Справка", "принесут"),
    ]
    assert uploads_in(value) == [ONE]
    assert "Паспорт" in refused(papers(), {"papers": {"p_pass": {"how": "now"}}}).messages[0]
    assert "Справка" in refused(papers(), {"papers": {"p_pass": {"how": "have"}}}).messages[0]
    assert clean(papers(False), {"papers": {"p_pass": {"how": "have"}}}) == {"papers": {"p_pass": {"how": "have"}}}
    assert clean(papers(False), {"papers": {"p_pass": {"files": [ONE]}}})["papers"]["p_pass"]["how"] == "now"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"types": []},
        {"types": ["exe"]},
        {"max_mb": 0},
        {"max_mb": 51},
        {"max_files": None},
        {"papers": [{"key": "p"}]},
    ],
)
def test_limits_must_be_set(options: dict[str, Any]) -> None:
    whole = {"types": ["image"], "max_mb": 10, "max_files": 5}
    assert not config(asking("file", **whole))
    assert config(asking("file", **(whole | options if options else {})))


def test_limits_in_words() -> None:
    words = fields.get("file").limits_in_words(asking("file", types=["image", "pdf"], max_mb=10, max_files=5))  # type: ignore[attr-defined]
    assert words == "Подойдут фотографии, PDF: до 5 файлов, каждый до 10 МБ."
