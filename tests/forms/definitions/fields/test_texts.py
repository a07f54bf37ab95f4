import pytest

from forms.definitions import fields

from .asking import asking, clean, config, refused


@pytest.mark.parametrize(
    ("preset", "raw", "value"),
    [
        *(
            ("letters", "Анна-Мария", "Анна-Мария"),
            ("letters", "ул. Ёлочная", "ул. Ёлочная"),
            ("digits", "12 34", "1234"),
        ),
        *(("index", "664 003", "664003"), ("vehicle", "a123bc 38", "А123ВС38"), ("vehicle", "Е001КХ777", "Е001КХ777")),
        *(("inn", "7707083893", "7707083893"), ("inn", "500100732259", "500100732259")),
        *(
            ("passport", "25 12 № 345678", "2512 345678"),
            ("account", "40817 810 0 0000 0000001", "40817810000000000001"),
        ),
    ],
)
def test_presets(preset: str, raw: str, value: str) -> None:
    question = asking("short_text", preset=preset)
    assert clean(question, raw) == value
    assert clean(question, value) == value


@pytest.mark.parametrize(
    ("preset", "raw"),
    [
        *(
            ("letters", "Anna"),
            ("letters", "Анна1"),
            ("digits", "١٢"),
            ("digits", "1a"),
            ("index", "064003"),
            ("index", "66400"),
        ),
        *(
            ("vehicle", "Я123ВС38"),
            ("vehicle", "А12ВС38"),
            ("inn", "7707083894"),
            ("inn", "0000000000"),
            ("inn", "50010073225"),
        ),
        *(("passport", "251234567"), ("account", "1")),
    ],
)
def test_what_does_not_fit_a_preset(preset: str, raw: str) -> None:
    assert refused(asking("short_text", preset=preset), raw).code == "preset"


def test_lengths() -> None:
    question = asking("long_text", min_length=5, max_length=8)
    assert clean(question, "шесть!") == "шесть!"
    assert "сейчас 3" in refused(question, "три").messages[0]
    assert "сейчас 9" in refused(question, "девять 9!").messages[0]
    assert fields.get("long_text").widget(question).attrs["data-most"] == 8


def test_options() -> None:
    assert config(asking("short_text", preset="phone"))
    assert config(asking("short_text", min_length=9, max_length=3))
    assert config(asking("long_text", preset="index"))
    assert config(asking("short_text", max_length=True))
    assert not config(asking("short_text", preset="index", max_length=None))
