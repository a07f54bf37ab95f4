import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions.fields.snils import checksum

from .asking import asking, clean, display, refused


@pytest.mark.parametrize(
    "raw", ["112-233-445 95", "11223344595", "112 233 445 95", "112-233-445-95", " 112–233–445 95 ", "112.233.445/95"]
)
def test_any_spelling(raw: str) -> None:
    assert clean(asking("snils"), raw) == "11223344595"


def test_it_is_shown_as_on_the_card() -> None:
    assert display(asking("snils"), "11223344595") == "112-233-445 95"


def test_sums_of_100_and_101_give_zeros() -> None:
    assert clean(asking("snils"), "087-654-303 00") == "08765430300"


def test_the_oldest_numbers_have_no_checksum() -> None:
    assert clean(asking("snils"), "001-001-998 57") == "00100199857"
    assert checksum("001001999") != 57
    refused(asking("snils"), "001-001-999 57")


@pytest.mark.parametrize(
    "raw",
    ["112-233-445 96", "1122334459", "112233445951", "１１２２３３４４５９５", "000-000-000 00", "буквы", 11223344595],
)
def test_wrong_ones(raw: object) -> None:
    refused(asking("snils"), raw)


@given(
    st.integers(min_value=1_001_999, max_value=999_999_999), st.integers(min_value=0, max_value=8), st.integers(1, 9)
)
def test_one_wrong_digit_is_nearly_always_found(number: int, place: int, by: int) -> None:
    digits = f"{number:09}"
    right = f"{digits}{checksum(digits):02}"
    assert clean(asking("snils"), right) == right
    changed = f"{digits[:place]}{(int(digits[place]) + by) % 10}{digits[place + 1 :]}"
    # Only 00, which stands for two remainders, can hide an error of one digit.
    if checksum(changed) != checksum(digits) and int(changed) > 1_001_998:
        refused(asking("snils"), f"{changed}{right[9:]}")
    else:
        assert int(changed) <= 1_001_998 or checksum(digits) == 0
