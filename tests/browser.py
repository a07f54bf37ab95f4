"""The browser of the journeys: Debian's Chromium through Playwright, no word to any other host, axe at hand.

PORTAL_CHROMIUM names the program; otherwise the first found on the PATH. Where there is none, tests marked `browser`
are skipped with one line in the summary, or fail if PORTAL_BROWSER=required.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
_SKIPPED = "browser journeys skipped: no Chromium (apt install chromium, or set PORTAL_CHROMIUM)"


def chromium() -> str | None:
    """Path of the browser to drive, or None."""
    named = os.environ.get("PORTAL_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


def required() -> bool:
    """Whether a missing browser is a failure."""
    return os.environ.get("PORTAL_BROWSER") == "required"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium() or required():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=_SKIPPED))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if _SKIPPED in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} {_SKIPPED}", yellow=True, bold=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once for the whole run."""
    from playwright.sync_api import expect, sync_playwright

    program = chromium()
    if program is None:
        pytest.fail("PORTAL_BROWSER=required, but no Chromium on the PATH and PORTAL_CHROMIUM is not set")
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    known = {alias: connections[alias] for alias in connections}
    # A folder of its own beside the profile: a machine's shared one may be gone or belong to somebody else.
    with (
        tempfile.TemporaryDirectory(prefix="portal-browser-", ignore_cleanup_errors=True) as home,
        sync_playwright() as pw,
    ):
        # Under that loop Django keeps its connections elsewhere: the new place gets those the suite began with, which
        # know the rows that the migrations laid.
        for alias, connection in known.items():
            connections[alias] = connection
        # A machine that does several things at once is slow at times; what is wrong stays wrong for as long.
        expect.set_options(timeout=60_000)
        started = pw.chromium.launch(executable_path=program, args=_ARGUMENTS, env={**os.environ, "HOME": home})
        yield started
        started.close()


class Guard:
    """What a page did that no page may: words to other hosts, violations of its own policy, uncaught exceptions."""

    def __init__(self, context: Any, base_url: str) -> None:
        self.host = urlsplit(base_url).netloc
        self.complaints: list[str] = []
        context.route(lambda url: not self._is_ours(url), self._refuse)
        context.on("console", self._read)
        context.on("weberror", lambda event: self.complaints.append(f"exception: {event.error}"))

    def _is_ours(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme not in {"http", "https", "ws", "wss"} or parts.netloc == self.host

    def _refuse(self, route: Any) -> None:
        self.complaints.append(f"request to another host: {route.request.url}")
        route.abort()

    def _read(self, message: Any) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.complaints.append(f"policy: {message.text}")


class UnderWay:
    """Counts the live server's requests that are not answered yet.

    A page says a last word while it is being closed (drafts are saved so); it must not be heard by the next test.
    """

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.count = 0
        request_started.connect(self._begun)
        request_finished.connect(self._ended)

    def _begun(self, **kwargs: Any) -> None:
        self._add(1)

    def _ended(self, **kwargs: Any) -> None:
        self._add(-1)

    def _add(self, number: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            with self.changed:
                self.count += number
                self.changed.notify_all()

    def wait(self, seconds: float = 15) -> None:
        """Until nothing is under way; an answer that broke off in the middle may never be counted as ended."""
        with self.changed:
            self.changed.wait_for(lambda: self.count <= 0, seconds)
        request_started.disconnect(self._begun)
        request_finished.disconnect(self._ended)


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open a page in a fresh profile: `new_page(width=360, java_script_enabled=False)`; misdeeds fail the test."""
    opened: list[tuple[Any, Guard]] = []
    under_way = UnderWay()

    def make(width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            locale="ru-RU",
            timezone_id="Asia/Irkutsk",
            viewport={"width": width, "height": height},
            # A worker goes on asking after its page is closed, into the next test; the tests of it ask for it.
            **{"reduced_motion": "reduce", "service_workers": "block", **options},
        )
        context.set_default_timeout(45_000)
        opened.append((context, Guard(context, live_server.url)))
        page = context.new_page()
        page.guard = opened[-1][1]
        return page

    yield make
    complaints = [complaint for _context, guard in opened for complaint in guard.complaints]
    for context, _guard in opened:
        context.set_offline(True)
        context.close()
    under_way.wait()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """A page 1280 px wide; `page.goto("/measures/")` goes to the live server."""
    return new_page()


@pytest.fixture
def sign_in_browser(live_server: Any) -> Callable[[Any, Any], None]:
    """`sign_in_browser(page, user)`: put a session of this user into the page's profile."""

    def sign_in(page: Any, user: Any) -> None:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user, backend="accounts.backends.StaffBackend")
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )

    return sign_in


def _axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.fail("axe-playwright-python is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """`axe(page)`: assert that axe finds nothing against WCAG 2.0 to 2.2, A and AA; `include` narrows it."""
    source = _axe_source()

    def check(page: Any, include: str | None = None, exclude: list[str] | None = None) -> None:
        # A colour half-way through its transition is nobody's colour.
        page.evaluate(
            "() => Promise.all([document.fonts.ready, ...document.getAnimations()"
            ".filter(each => Number.isFinite(each.effect?.getComputedTiming().endTime))"
            ".map(each => each.finished.catch(() => null))]).then(() => null)"
        )
        page.evaluate(source)
        result = page.evaluate(
            "([include, exclude, tags]) => axe.run({include: [include || ':root'], exclude: exclude || []},"
            " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            [include, exclude, _TAGS],
        )
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
            + "\n    ".join(str(node["target"]) + " " + node["html"][:160] for node in violation["nodes"][:5])
            for violation in result["violations"]
        ]
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check
