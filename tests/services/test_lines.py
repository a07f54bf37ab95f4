from services.lines import Line, headed, lines, without_mark
from services.templatetags.services_ui import lower_first, marked


def test_lines_without_the_empty_ones():
    assert lines(" один \n\n два\n") == ["один", "два"]


def test_what_stands_before_a_colon_or_a_dash_stands_out():
    assert headed("Юрист: споры\nПсихолог — для всех: детям\nПросто строка [демо]") == [
        Line("Юрист", ": споры"),
        Line("Психолог", " — для всех: детям"),
        Line("", "Просто строка", True),
    ]


def test_the_mark_is_taken_off():
    assert without_mark("Вход со двора. [демо]") == ("Вход со двора.", True)
    assert without_mark("Вход") == ("Вход", False)


def test_typed_text_is_escaped_and_the_mark_becomes_a_label():
    shown = marked("<b>x</b> [демо]\nвторая")
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert '<span class="demo"' in shown
    assert shown.count("<br>") == 1
    assert marked(None) == ""


def test_lower_first():
    assert lower_first("Запись не нужна") == "запись не нужна"
    assert lower_first("") == ""
