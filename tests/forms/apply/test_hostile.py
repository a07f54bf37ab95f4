"""Whatever is sent, the answer is a page for people and never a failure of ours."""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.definitions.models import FormVersion

from .filling import HELP, STEPS, YOU, step_url

pytestmark = pytest.mark.django_db
FINE = (302, 422)
FORM = "application/x-www-form-urlencoded"

NAMES = [*YOU, "q_relation", "q_birth_day", "q_birth_month", "q_birth_year", *HELP, "asked", "later", "consent", "x"]
GOOD = [
    each
    for data in STEPS.values()
    for value in data.values()
    for each in ([value] if isinstance(value, str) else value)
]
VALUES = st.one_of(
    st.sampled_from(GOOD), st.text(max_size=60), st.binary(max_size=40), st.just("\x00"), st.just("9" * 5000)
)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=25)


def _body(pairs: list[tuple[str, str | bytes]]) -> str:
    return "&".join(
        f"{name}={quote_from_bytes(value if isinstance(value, bytes) else value.encode('utf-8', 'surrogatepass'))}"
        for name, value in pairs
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(list(STEPS)), pairs=PAIRS, query=st.sampled_from(["", "?from=check", "?note=%FF", "?from="]))
def test_any_post_to_a_step(help_form: FormVersion, key: str, pairs: list[tuple[str, Any]], query: str) -> None:
    client = Client()
    for earlier, data in STEPS.items():
        if earlier == key:
            break
        client.post(step_url(earlier), data)
    assert client.post(step_url(key) + query, _body(pairs), content_type=FORM).status_code in FINE
    assert client.get("/apply/help/", follow=True).status_code == 200
    assert client.get("/apply/help/check/", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"\xff\xfe=\x00&q_phone=%ff%00%ed%a0%80", FORM, 422),
        (b"q_phone=1&" * 500, FORM, 422),
        (b"{}", "application/json", 422),
        (b"", "multipart/form-data", 422),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x", 422),
        (b"q_phone=1", f"{FORM}; charset=no-such", 422),
        (b"q_phone=1", f"{FORM}; charset=utf-16", 400),
        (b"a=1&" * 25_000, FORM, 400),
        (b"q_phone=" + b"1" * 6_000_000, FORM, 400),
    ],
)
def test_odd_requests(applicant: Client, body: bytes, content_type: str, status: int) -> None:
    assert applicant.generic("POST", step_url("s_you"), body, content_type=content_type).status_code == status


def test_files_where_text_is_expected(applicant: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = applicant.post(step_url("s_you"), YOU | {"q_phone": SimpleUploadedFile("a.txt", b"8900")})
    assert answer.status_code == 422


def test_a_long_answer_is_kept_to_be_shortened(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    applicant.post(step_url("s_family"), STEPS["s_family"])
    story = "слово " * 400
    answer = applicant.post(step_url("s_help"), {"q_topics": "c_psy", "q_story": story})
    assert answer.status_code == 422 and story.strip() in answer.content.decode()
    assert story.strip() in applicant.get(step_url("s_help")).content.decode()


@pytest.mark.parametrize("address", ["/requests/", "/apply/help/check/", "/apply/help/forget/", "/apply/help/receipt/"])
def test_odd_posts_elsewhere(filled: Client, address: str) -> None:
    body = b"number=%ff%00&code=\x00&consent=%00&again"
    assert filled.post(address, body, content_type=FORM).status_code in FINE


def test_what_cannot_be_read_gets_our_own_page(applicant: Client) -> None:
    answer = applicant.generic("POST", step_url("s_you"), b"q_phone=" + b"1" * 6_000_000, content_type=FORM)
    assert answer.status_code == 400
    assert "Вернитесь на предыдущую страницу" in answer.content.decode()
