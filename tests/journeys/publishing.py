"""Publishing a form as its editor does: the button leads to what will change, and the button there publishes."""

from typing import Any

from playwright.sync_api import expect

from forms.build.models import FormPage
from tests.factories.forms import tried

PATIENCE = 60_000


def press_publish(editor: Any) -> None:
    """«Опубликовать» at the foot of the page editor; the next page is there when this returns."""
    editor.locator("footer .w-dropdown__toggle").click()
    with editor.expect_navigation(timeout=PATIENCE):
        editor.get_by_role("button", name="Опубликовать", exact=True).click()


def publish(editor: Any, page_id: int) -> None:
    """Save and publish what the editor holds, as if a trial of it had been made. Ends in the page editor."""
    press_publish(editor)
    expect(editor.locator(".q-pub")).to_be_visible(timeout=PATIENCE)
    tried(FormPage.objects.get(pk=page_id).get_latest_revision_as_object())
    editor.reload()
    with editor.expect_navigation(timeout=PATIENCE):
        editor.get_by_role("button", name="Опубликовать", exact=True).click()
    expect(editor.get_by_text("опубликована").first).to_be_visible(timeout=PATIENCE)
