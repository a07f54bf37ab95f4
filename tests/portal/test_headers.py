"""The security headers stand on every answer."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("address", ["/", "/no-such-page/", "/healthz", "/static/portal/portal.css", "/admin/login/"])
def test_every_answer_carries_them(client: Client, address: str) -> None:
    answer = client.get(address)
    for name, value in _ALWAYS.items():
        assert answer[name] == value
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Content-Security-Policy" in answer


def test_public_pages_allow_nothing_inline_and_nobody_frames_them(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert client.get("/healthz")["X-Frame-Options"] == "DENY"


def test_the_admin_is_looser_and_still_speaks_to_nobody_else(client: Client) -> None:
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'self'" in policy


def test_a_server_error_carries_them_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("portal.health.CHECKS", {"broken": broken})
    client.raise_request_exception = False
    answer = client.get("/readyz")
    assert answer.status_code == 500
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
