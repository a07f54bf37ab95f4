"""What strangers send to the page cache: hosts, proxies, floods, conditions, cookies; nobody gets what is another's."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from forms.registrations import links
from home import freshness
from home.models import StandardPage
from portal import kept_pages, page_cache
from tests.factories import forms, registrations
from tests.portal.test_page_front import Site, site

__all__ = ["site"]

pytestmark = pytest.mark.django_db
LOOK = "white-on-black.3.serif.wide.off.closed"


def kept() -> int:
    return len(page_cache.pages._kept)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost@evil.example", "localhost/../x", "local host", "", "a" * 900]
)
def test_a_host_that_is_none_of_ours_gets_nothing_and_leaves_nothing(site: Site, host: str) -> None:
    ours = site.get("/about/")
    for _again in range(2):
        status, _headers, body = site.get("/about/", HTTP_HOST=host, SERVER_NAME="evil.example")
        assert status.startswith("400"), status
        assert b"evil.example" not in body
    assert kept() == 1
    assert site.get("/about/") == ours


@pytest.mark.parametrize("host", ["LOCALHOST", "localhost:81", "localhost.", "127.0.0.1"])
def test_every_spelling_of_our_host_has_a_page_of_its_own(site: Site, host: str) -> None:
    """An address that a page names is made of the host it was asked under: it must not reach another's visitors."""
    ours = site.get("/about/")
    theirs = site.get("/about/", HTTP_HOST=host)
    assert theirs[0] == "200 OK"
    assert site.get("/about/") == ours
    assert site.get("/about/", HTTP_HOST=host) == theirs
    assert kept() == 2


def test_what_a_proxy_may_say_changes_no_page_for_anybody_else(site: Site) -> None:
    ours = site.get("/about/")
    page_cache.pages.clear()
    lies = {
        "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PORT": "6666", "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_FOR": "6.6.6.6", "HTTP_X_FORWARDED_SERVER": "evil.example", "HTTP_X_HOST": "evil.example",
        "HTTP_FORWARDED": "host=evil.example;proto=https", "HTTP_X_ORIGINAL_URL": "/news/",
        "HTTP_X_HTTP_METHOD_OVERRIDE": "POST", "HTTP_ACCEPT_LANGUAGE": "en", "HTTP_ACCEPT": "application/json",
        "HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_ORIGIN": "https://evil.example", "HTTP_USER_AGENT": "<script>",
        "HTTP_REFERER": "https://evil.example/", "HTTP_X_REWRITE_URL": "/news/",
    }  # fmt: skip
    poisoned = site.get("/about/", **lies)
    assert b"evil.example" not in poisoned[2] and b"6666" not in poisoned[2] and b"<script>" not in poisoned[2]
    assert site.get("/about/") == ours == poisoned
    assert site.asked == 2


def test_a_flood_of_queries_is_bounded_and_a_long_one_is_not_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(site.get("/about/")[2])
    monkeypatch.setattr(kept_pages, "MOST_BYTES", 4 * (size + 8000))
    for number in range(12):
        assert site.get(f"/about/?x={number}")[0] == "200 OK"
    assert 3 <= kept() <= 6
    before = kept()
    for query in ("x" * 201, "page=" + "9" * 5000, "&" * 300):
        assert site.get(f"/about/?{query}")[0] == "200 OK"
    assert kept() == before
    assert all(len(key[3]) <= kept_pages.MOST_QUERY for key in page_cache.pages._kept)


@pytest.mark.parametrize(
    "query", ["%", "%00", "page=%ff", "q[]=1", "&&==", "page=-1", "page=99999999999999999999", "a;b=1"]
)
def test_an_absurd_query_is_answered_and_keeps_no_mistake(site: Site, query: str) -> None:
    for path in ("/about/", "/news/", "/"):
        first = site.get(f"{path}?{query}")
        assert first[0][:3] in ("200", "302", "404"), first[0]
        if not first[0].startswith("200"):
            assert all(key[3] != query or key[2] != path for key in page_cache.pages._kept)
        assert site.get(f"{path}?{query}") == first
    assert site.get("/about/")[0] == "200 OK"


def test_the_order_of_parameters_is_another_address_with_the_same_words(site: Site) -> None:
    """A page may name its own address: two orders are two pages, and each is right."""
    one, other = site.get("/news/?page=1&territory="), site.get("/news/?territory=&page=1")
    assert one[0] == other[0] == "200 OK"
    assert kept() == 2
    assert site.get("/news/?page=1&territory=") == one
    assert site.get("/news/?territory=&page=1") == other


def test_head_before_get_keeps_nothing_and_after_it_says_the_same_without_a_body(site: Site) -> None:
    status, headers, _body = site.get("/about/", method="HEAD")
    assert (status, kept()) == ("200 OK", 0)
    got = site.get("/about/")
    head = site.get("/about/", method="HEAD")
    assert head == (got[0], got[1], b"")
    assert headers["Content-Length"] == got[1]["Content-Length"] == str(len(got[2]))
    asked = site.get("/about/", method="HEAD", HTTP_IF_NONE_MATCH=got[1]["ETag"])
    assert (asked[0], asked[2]) == ("304 Not Modified", b"")


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=-5", "bytes=0-0,5-9", "lines=1", "bytes=999999-"])
def test_a_range_gets_the_whole_page(site: Site, asked: str) -> None:
    """RFC 9110 section 14.2: a server may ignore it; half a page under the tag of the whole one it may not send."""
    whole = site.get("/about/")
    for more in ({}, {"HTTP_IF_RANGE": whole[1]["ETag"]}):
        assert site.get("/about/", HTTP_RANGE=asked, **more) == whole
    assert kept() == 1


def test_conditions_are_read_as_the_standard_says(site: Site) -> None:
    tag = site.get("/about/")[1]["ETag"]
    strong = tag.removeprefix("W/")
    for same in (tag, strong, "*", f'"a", "b" , {tag}', f'W/"x",{strong}', f" {tag} "):
        assert site.get("/about/", HTTP_IF_NONE_MATCH=same)[0] == "304 Not Modified", same
    for other in (
        '"a"',
        'W/"a", "b"',
        strong.strip('"'),
        f'"{tag}"',
        "**",
        '""',
        "W/",
        "\0",
        '"' * 3000,
        strong.upper(),
    ):
        assert site.get("/about/", HTTP_IF_NONE_MATCH=other)[0] == "200 OK", other
    long_ago, ahead = "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
    for date in (long_ago, ahead, "yesterday", ""):
        assert site.get("/about/", HTTP_IF_MODIFIED_SINCE=date)[0] == "200 OK", date
        # Section 13.1.3: the date is not looked at beside a tag.
        both = site.get("/about/", HTTP_IF_MODIFIED_SINCE=date, HTTP_IF_NONE_MATCH='"a"')
        assert both[0] == "200 OK"
        both = site.get("/about/", HTTP_IF_MODIFIED_SINCE=date, HTTP_IF_NONE_MATCH=tag)
        assert both[0] == "304 Not Modified"
    assert site.get("/about/", HTTP_IF_MATCH="*")[0] == "200 OK"
    assert site.get("/about/", HTTP_IF_MATCH='"a"')[0].startswith("412")
    assert site.get("/about/", HTTP_IF_UNMODIFIED_SINCE=ahead)[0] == "200 OK"


def test_looks_never_mix(site: Site) -> None:
    normal = site.get("/about/")
    looks = [LOOK, "blue.1.sans.normal.on.open", "black-on-white.2.sans.normal.on.open"]
    drawn = {look: site.get("/about/", HTTP_COOKIE=f"look={look}") for look in looks}
    assert site.get("/about/") == normal
    assert b"data-scheme" not in normal[2].partition(b"<head>")[0]
    for look, answer in drawn.items():
        assert site.get("/about/", HTTP_COOKIE=f"a=b; look={look}; c=d") == answer
        assert f'data-scheme="{look.partition(".")[0]}"'.encode() in answer[2]
    for forged in ("x", LOOK + ".x", LOOK.upper(), '"><script>', LOOK.replace("3", "9"), f"{LOOK}%00"):
        assert site.get("/about/", HTTP_COOKIE=f"look={forged}") == normal, forged
    assert site.get("/about/", HTTP_COOKIE=f"look=x; look={LOOK}") == drawn[LOOK]  # as Django reads two of one name
    assert kept() == 4


def test_cookies_of_the_portal_and_of_others_change_nothing(site: Site) -> None:
    ours = site.get("/about/")
    for cookies in (
        "csrftoken=x",
        "messages=x",
        "draft_help=x; said=y",
        "_ga=1",
        "=",
        ";;;",
        "a" * 3000,
        "sessionid2=x",
    ):
        assert site.get("/about/", HTTP_COOKIE=cookies) == ours, cookies
    assert site.asked == 1


def test_an_editor_sees_the_own_frame_and_leaves_it_to_nobody(site: Site, signed_in: Any) -> None:
    ours = site.get("/about/")
    press = signed_in("press")
    cookie = f"sessionid={press.cookies['sessionid'].value}"
    page_cache.pages.clear()
    seen = site.get("/about/", HTTP_COOKIE=cookie)
    assert kept() == 0
    assert "ETag" not in seen[1]
    assert site.get("/about/", HTTP_COOKIE=f"sessionid=expired; look={LOOK}")[0] == "200 OK"
    assert kept() == 0
    assert site.get("/about/") == ours


def test_a_preview_is_shown_to_its_editor_alone(site: Site, signed_in: Any) -> None:
    page = StandardPage.objects.get(slug="about")
    page.lead = "Этого никто ещё не видел."
    page.save_revision()
    press = signed_in("admin")
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert "никто ещё не видел" in press.get(address).content.decode()
    assert kept() == 0
    assert "никто ещё не видел" not in site.get("/about/")[2].decode()


def test_an_applicant_s_pages_are_never_kept_and_content_is_the_same_for_applicants(site: Site) -> None:
    form = forms.form_page()
    applicant = Client()
    applicant.get("/apply/help/", follow=True)
    applicant.get("/requests/")
    assert kept() == 0
    ours = site.get(form.url)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in applicant.cookies.items())
    assert cookies and site.get(form.url, HTTP_COOKIE=cookies) == ours
    assert "csrfmiddlewaretoken" not in ours[2].decode()


def test_receipts_status_and_seats_are_never_kept(site: Site) -> None:
    group = registrations.group()
    sent = registrations.register(group)
    for name, path in (("status", "/requests/"), ("group", group.url)):
        site.get(path)
        assert kept() == (1 if name == "group" else 0), name
    page_cache.pages.clear()
    status, headers, body = site.get(links.path_of(sent))
    assert status == "200 OK" and "Мария" in body.decode()
    assert "no-store" in headers["Cache-Control"] and kept() == 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "TRACE"])
def test_no_other_method_is_answered_from_what_is_kept(site: Site, method: str) -> None:
    site.get("/about/")
    asked = site.asked
    site.get("/about/", method=method)
    assert site.asked == asked + 1
    assert kept() == 1


def _answers(response: HttpResponse) -> HttpResponse:
    """What the cache makes of this answer to a page that is the same for everybody."""
    page_cache.pages.clear()

    def view(request: HttpRequest) -> HttpResponse:
        freshness.share(request)
        return response

    request = RequestFactory().get("/about/", headers={"Host": "localhost"})
    return page_cache.PageCache(view)(request)  # type: ignore[return-value]


def _with_cookie() -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("visitor", "1")
    return response


@pytest.mark.parametrize(
    ("response", "is_kept"),
    [
        (HttpResponse("x"), True),
        (_with_cookie(), False),
        *((HttpResponse("x", status=status), False) for status in (201, 204, 206, 302, 404, 403, 429, 500, 503)),
        (HttpResponse("x", headers={"Cache-Control": "no-store"}), False),
        (HttpResponse("x", headers={"Cache-Control": "max-age=0, private"}), False),
        (HttpResponse("x", headers={"Cache-Control": "public, max-age=60"}), True),
        (HttpResponse("x", headers={"Set-Cookie": "a=b"}), False),
        (HttpResponse("x", headers={"Vary": "*"}), False),
        (HttpResponse("x", headers={"Vary": "User-Agent"}), False),
        (HttpResponse("x", headers={"Vary": "accept-encoding, COOKIE"}), True),
    ],
    ids=str,
)
def test_what_may_not_be_kept_is_not_though_its_page_says_it_is_the_same_for_all(
    response: HttpResponse, is_kept: bool
) -> None:
    answer = _answers(response)
    assert kept() == is_kept
    assert answer.has_header("ETag") is is_kept
    page_cache.pages.clear()
