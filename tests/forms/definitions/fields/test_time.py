import pytest

from .asking import asking, clean, config, display, refused


@pytest.mark.parametrize(
    ("raw", "value"),
    [("9:30", "09:30"), ("09.30", "09:30"), ("9 30", "09:30"), ("9", "09:00"), ("0:05", "00:05"), ("23:59", "23:59")],
)
def test_times(raw: str, value: str) -> None:
    assert clean(asking("time"), raw) == value


@pytest.mark.parametrize("raw", ["24:00", "9:60", "в обед", "9:5", "930", "٩:٣٠", 930, ["9:30"], "9:30:00"])
def test_no_times(raw: object) -> None:
    refused(asking("time"), raw)


def test_limits() -> None:
    question = asking("time", min="09:00", max="18:00")
    assert clean(question, "18") == "18:00"
    assert "не раньше 9:00" in refused(question, "8:59").messages[0]
    assert "не позже 18:00" in refused(question, "18:01").messages[0]
    assert display(question, "09:05") == "9:05"
    assert display(question, "00:05") == "0:05"
    assert config(asking("time", min="18:00", max="09:00"))
    assert config(asking("time", min="9"))
