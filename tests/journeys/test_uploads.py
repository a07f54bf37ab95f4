"""Files in a real browser: one by one with progress, removed, and a photo made smaller on the way."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from forms.applications.models import Upload
from tests.factories import definitions, uploads

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPERS = [{"key": "p_pass", "label": "Паспорт"}, {"key": "p_cert", "label": "Справка о составе семьи"}]


@pytest.fixture
def address(settings: Any, tmp_path: Path, live_server: Any) -> str:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    options = {"types": ["image", "pdf"], "max_mb": 5, "max_files": 3}
    asked = [
        definitions.question("q_any", "file", "Фотографии", options=options),
        definitions.question("q_two", "file", "Документы", options=options | {"papers": PAPERS}),
    ]
    more = [definitions.question("q_phone", "phone", "Телефон")]
    steps = [{"key": "s_1", "title": "Бумаги", "fields": asked}, {"key": "s_2", "title": "Дальше", "fields": more}]
    definitions.published_form(slug="papers", steps=steps)
    return f"{live_server.url}/apply/papers/s_1/"


def test_files_go_up_one_by_one_and_a_large_photo_is_made_smaller(page: Any, address: str, tmp_path: Path) -> None:
    large = tmp_path / "большое.jpg"
    Image.effect_noise((4000, 3000), 90).convert("RGB").save(large, quality=70)
    bad = tmp_path / "вирус.jpg"
    bad.write_bytes(b"MZ\x90\x00" * 30)
    page.goto(address)
    page.set_input_files("#id_q_any_files", [str(large), str(bad)])
    page.locator(".files li:has-text('вирус.jpg') .err").wait_for()
    assert "не подойдёт" in page.locator(".files .err").inner_text()
    kept = Upload.objects.get()
    assert kept.size < large.stat().st_size
    page.set_input_files(
        "#id_q_two_p_pass", {"name": "паспорт.pdf", "mimeType": "application/pdf", "buffer": uploads.pdf()}
    )
    page.locator("button:has-text('паспорт.pdf')").wait_for()
    assert page.locator("#id_q_two_p_pass_now").is_checked()
    page.check("#id_q_two_p_cert_later")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.screenshot(path=str(tmp_path / "files.png"), full_page=True)
    page.click("button.btn")
    page.wait_for_url("**/s_2/")
    page.goto(address)
    page.click("button:has-text('паспорт.pdf')")
    page.wait_for_load_state()
    assert page.locator("button:has-text('паспорт.pdf')").count() == 0
    assert Upload.objects.count() == 1
