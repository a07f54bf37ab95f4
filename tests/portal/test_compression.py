"""RFC 9110 section 12.5.3: compressed for whoever takes it and for nobody else, kept or not, wherever it is made."""

import gzip
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.compression import LONGEST, takes_gzip
from tests.factories import forms
from tests.factories import home as make
from tests.portal.test_page_front import Site, site

__all__ = ["site"]

TAKES = [
    "gzip", "GZIP", "GZip;Q=0.5", "x-gzip", "br, gzip", "gzip, deflate, br, zstd", "*", "*;q=0.1", "gzip;q=0.001",
    "gzip ; q=1.000", "\tgzip\t;\tq=1", "identity;q=0, gzip", "*;q=0, gzip", "gzip;q=0.5, *;q=0", "gzip, identity",
    "br;q=1.0, gzip;q=0.8, *;q=0.1", ",,gzip,,", "gzip;q=1;level=9", "deflate, gzip;q=1.0, *;q=0.5",
    "identity;q=0.5, gzip;q=1.0", "identity;q=0, *",
]  # fmt: skip
REFUSES = [
    "", "identity", "identity;q=0", "*;q=0", "gzip;q=0", "gzip;q=0.0", "gzip;q=0.000", "GZIP;Q=0", "br, gzip;q=0.0",
    "gzip; q=0", "gzip;q =0", "gzip;q=0, *", "*, gzip;q=0", "gzip;q=0, gzip", "x-gzip;q=0", "br", "deflate", "gzipped",
    "not-gzip", "gzip/1", "gzip gzip", "gzip;q=-1", "gzip;q=nan", "gzip;q=1e9", "gzip;q=", "gzip;q=2", "gzip;q=٠.٥",
    "identity;q=1, gzip;q=0.5", ";q=1", "gzip\0", "g" * 9000, "gzip;q=0," * 1000, "identity;q=0, *;q=0", "🙂",
]  # fmt: skip


@pytest.mark.parametrize("accepted", TAKES)
def test_taken(accepted: str) -> None:
    assert takes_gzip(accepted)


@pytest.mark.parametrize("accepted", REFUSES)
def test_refused(accepted: str) -> None:
    assert not takes_gzip(accepted)


@given(st.text())
def test_any_header_has_an_answer(accepted: str) -> None:
    assert takes_gzip(accepted) in (True, False)
    assert not takes_gzip(f"{accepted},gzip;q=0")
    assert takes_gzip(" " * LONGEST + "gzip")


@pytest.mark.django_db
@pytest.mark.parametrize("accepted", ["gzip;q=0", "br, GZIP;q=0.0", "*;q=0", "identity;q=0", "gzip;q=0, *;q=1"])
def test_a_page_kept_compressed_is_not_for_whoever_refuses_that(site: Site, accepted: str) -> None:
    packed = site.get("/about/", HTTP_ACCEPT_ENCODING="gzip")
    made = site.get("/about/", HTTP_ACCEPT_ENCODING=accepted)
    kept = site.get("/about/", HTTP_ACCEPT_ENCODING=accepted)
    assert site.asked == 2
    assert made == kept
    assert "Content-Encoding" not in made[1]
    assert "Accept-Encoding" in made[1]["Vary"]
    assert made[2] == gzip.decompress(packed[2])


@pytest.mark.django_db
def test_a_page_kept_plain_is_compressed_for_whoever_takes_that(site: Site) -> None:
    plain = site.get("/about/", HTTP_ACCEPT_ENCODING="gzip;q=0")
    for accepted in ("GZIP", "*", "gzip;q=0.5, identity;q=0"):
        status, headers, body = site.get("/about/", HTTP_ACCEPT_ENCODING=accepted)
        assert (status, headers["Content-Encoding"]) == ("200 OK", "gzip"), accepted
        assert gzip.decompress(body) == plain[2]
    assert site.asked == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/search/?q=дети", "/requests/", "/apply/help/", "/apply/help/s_you/", "/nowhere/"]
)
def test_pages_that_are_not_kept_are_compressed_by_the_same_rule(address: str) -> None:
    make.whole_site()
    forms.form_page()

    def ask(accepted: str) -> Any:
        return Client().get(address, headers={"Accept-Encoding": accepted}, follow=True)

    for accepted in ("gzip;q=0", "*;q=0", "identity", "br;q=1, GZIP;q=0.0"):
        answer = ask(accepted)
        assert "Content-Encoding" not in answer.headers, accepted
        assert "<!doctype html>" in answer.content.decode()
    for accepted in ("GZIP", "x-gzip", "*;q=0.5", "identity;q=0, gzip"):
        answer = ask(accepted)
        assert answer["Content-Encoding"] == "gzip", accepted
        assert "<!doctype html>" in gzip.decompress(answer.content).decode()
        assert "Accept-Encoding" in answer["Vary"]
