"""The pictures of README.md, taken of a running portal: `.venv/bin/python -m portal.screenshots [ADDRESS]`.

Needs requirements-dev.txt (Playwright), Debian's Chromium, and `python3 -m portal run` in another window.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from portal.run import keys, places

_FOLDER = places.ROOT / "docs" / "images"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def take(address: str) -> None:
    """Write home.png (a visitor) and queue.png (a reviewer) into docs/images."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        context = browser.new_context(base_url=address, locale="ru-RU", viewport={"width": 1200, "height": 800})
        page = context.new_page()
        page.goto("/")
        page.screenshot(path=_FOLDER / "home.png")
        _sign_in(page, "reviewer")
        page.goto("/admin/queue/")
        page.get_by_role("link", name="Все открытые").first.click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=_FOLDER / "queue.png")
        browser.close()


def _sign_in(page: Any, name: str) -> None:
    data = Path(os.environ.get("PORTAL_DATA", places.ROOT / "data"))
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", keys.demo_password(data))
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/**")


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
