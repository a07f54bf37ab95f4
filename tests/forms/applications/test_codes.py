"""Number and code: any spelling finds, guessing stops, and a neighbour is not locked out."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from forms.applications import codes, tries
from forms.applications.models import CodeTry
from forms.applications.numbers import parse
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38-004-817", ("38", 4817)),
        ("№ 38 004 817", ("38", 4817)),
        ("38004817", ("38", 4817)),
        ("38-1004-817", ("38", 1004817)),
        (" 004-817 ", ("", 4817)),
        ("4817", ("", 4817)),
        ("", None),
        ("нет", None),
        ("0", None),
        ("9" * 40, None),
        ("٣٨٠٠٤٨١٧", None),
        ("38-99999999999-999999", None),
    ],
)
def test_numbers_in_any_spelling(text, expected) -> None:
    assert parse(text) == expected


def test_a_code_is_eight_digits_and_not_stored() -> None:
    application = make.new()
    code = codes.code_for(application)
    assert len(code) == 8
    assert code.isdecimal()
    assert codes.shown("48271936") == "4827 1936"
    assert codes.find(application.public_number, code) == application
    assert codes.find(f"№ {application.public_number}", codes.shown(code)) == application
    assert not CodeTry.objects.exists()


def test_wrong_code_wrong_prefix_unknown_number() -> None:
    application = make.new()
    code = codes.code_for(application)
    assert codes.find(application.public_number, "00000000") is None
    assert codes.find(f"99-{application.public_number[3:]}", code) is None
    assert codes.find("38-999-999", code) is None
    assert codes.find(application.public_number, code + "1") is None
    assert codes.find(application.public_number, "") is None


def test_codes_of_the_key_before_still_open(settings) -> None:
    application = make.new()
    code = codes.code_for(application)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key"
    assert codes.code_for(application) != code
    assert codes.find(application.public_number, code) == application
    settings.SECRET_KEY_FALLBACKS = []
    assert codes.find(application.public_number, code) is None


def test_guessing_stops_for_this_number_only_and_starts_again_later() -> None:
    guessed, neighbour = make.new(), make.new()
    for _number in range(tries.FROM_ONE_PLACE):
        assert codes.find(guessed.public_number, "11111111") is None
    with pytest.raises(tries.TooManyTries) as stopped:
        codes.find(guessed.public_number, codes.code_for(guessed))
    assert stopped.value.minutes == 15
    assert codes.find(neighbour.public_number, codes.code_for(neighbour)) == neighbour
    with time_machine.travel(timezone.now() + tries.COOL_OFF + datetime.timedelta(seconds=1)):
        assert codes.find(guessed.public_number, codes.code_for(guessed)) == guessed


def test_an_unknown_number_is_throttled_alike() -> None:
    for _number in range(tries.FROM_ONE_PLACE):
        assert codes.find("38-999-999", "11111111") is None
    with pytest.raises(tries.TooManyTries):
        codes.find("38-999-999", "11111111")


def test_counters_are_forgotten() -> None:
    codes.find("38-999-999", "11111111")
    assert tries.drop_old() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1)):
        assert tries.drop_old() == 3
