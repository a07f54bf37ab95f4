"""Files in a real browser: one by one with progress, removed, and a photo made smaller on the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from forms.applications import draft_pass
from forms.applications.models import Draft, Upload
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
    asked.append(definitions.question("q_note", "short_text", "Примечание", required=False))
    steps = [{"key": "s_1", "title": "Бумаги", "fields": asked}, {"key": "s_2", "title": "Дальше", "fields": more}]
    definitions.published_form(slug="papers", steps=steps)
    return f"{live_server.url}/apply/papers/s_1/"


def test_files_go_up_one_by_one_and_a_large_photo_is_made_smaller(
    page: Any, address: str, tmp_path: Path, axe: Callable[..., None]
) -> None:
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
    axe(page)
    page.click("button.btn")
    page.wait_for_url("**/s_2/")
    page.goto(address)
    page.click("button:has-text('паспорт.pdf')")
    page.wait_for_load_state()
    assert page.locator("button:has-text('паспорт.pdf')").count() == 0
    assert Upload.objects.count() == 1


def test_a_file_resumes_with_its_draft_and_is_replaced(new_page: Callable[..., Any], address: str) -> None:
    page = new_page()
    page.goto(address)
    first = {"name": "первый.pdf", "mimeType": "application/pdf", "buffer": uploads.pdf()}
    # The first word and the first file at once: one draft holds both.
    page.fill("#id_q_note", "к справке")
    page.set_input_files("#id_q_any_files", first)
    page.locator("button:has-text('первый.pdf')").wait_for()
    expect(page.locator(".saved")).to_be_visible(timeout=60_000)
    assert Draft.objects.count() == 1
    draft = Draft.objects.get()
    other = new_page(width=320)
    other.goto(address.replace("s_1/", "resume/"))
    other.get_by_label("Номер", exact=True).fill(draft_pass.number_of(draft))
    other.get_by_label("Код", exact=True).fill(draft_pass.code_of(draft))
    other.get_by_role("button", name="Открыть ответы").click()
    other.locator("button:has-text('первый.pdf')").wait_for()
    expect(other.locator("#id_q_note")).to_have_value("к справке")
    other.set_input_files("#id_q_any_files", first | {"name": "второй.pdf"})
    other.locator("button:has-text('второй.pdf')").wait_for()
    other.locator("button:has-text('первый.pdf')").click()
    expect(other.locator("button:has-text('первый.pdf')")).to_have_count(0)
    expect(other.locator("button:has-text('второй.pdf')")).to_have_count(1)
    expect(other.locator("#id_q_note")).to_have_value("к справке")
    assert [upload.name for upload in Upload.objects.all()] == ["второй.pdf"]


def test_a_lost_line_while_a_file_goes_up(page: Any, address: str) -> None:
    page.goto(address)
    page.route("**/upload/", lambda route: route.abort(), times=1)
    file = {"name": "справка.pdf", "mimeType": "application/pdf", "buffer": uploads.pdf()}
    page.set_input_files("#id_q_any_files", file)
    expect(page.locator(".files .err")).to_contain_text("связь прервалась")
    page.set_input_files("#id_q_any_files", file)
    page.locator("button:has-text('справка.pdf')").wait_for()
    assert Upload.objects.count() == 1
