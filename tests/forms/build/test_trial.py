"""A trial: the whole real journey of what is not published, for its editors alone, and nothing of it stays."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from forms.applications import tasks
from forms.applications.models import Application, Draft, FormCount, Sheet, Trial, Upload
from forms.build.readiness import Readiness
from forms.definitions import versions
from forms.notifications.models import Outbox
from tests.factories.definitions import help_json, question
from tests.factories.forms import form_page
from tests.factories.services import TerritoryFactory
from tests.factories.uploads import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(signed_in, grant_page_rights):
    """An editor whose draft asks for a file too."""
    TerritoryFactory(code="irkutsk")
    steps = help_json()["steps"]
    page = form_page()
    steps[2]["fields"].append(question("q_paper", "file", "Справка", required=False))
    draft = form_page("draft", steps=steps, title="Помощь с бумагами")
    page.steps = draft.steps
    draft.delete()
    page.minutes = 9
    page.save_revision()
    grant_page_rights()
    client = signed_in("formeditor")
    client.page = page
    return client


def begin(client) -> str:
    """Press the button; the address of the journey."""
    answer = client.post(reverse("form_build:trial", args=[client.page.pk]))
    assert answer.status_code == 302
    return answer["Location"]


def go_through(client, address: str) -> str:
    """Every step with the same answers as `help_answers`; the address of the receipt."""
    address = client.get(address)["Location"]
    for _step in range(3):
        here = client.get(address)
        assert "Проба." in here.content.decode()
        answer = client.post(address, typed(client, here.context["step"]))
        assert answer.status_code == 302, answer.content.decode()
        address = answer["Location"]
    check = client.get(address)
    assert "Проба." in check.content.decode()
    sent = client.post(address, {"consent": "1"})
    assert sent.status_code == 302, sent.content.decode()
    return sent["Location"]


def typed(client, step) -> dict[str, object]:
    """What a browser sends for a step."""
    words: dict[str, object] = {"asked": ",".join(f.key for f in step.fields if not f.show_if)}
    for field in step.fields:
        key = field.key
        given: dict[str, dict[str, object]] = {
            "full_name": {f"{key}_last": "Иванова", f"{key}_first": "Мария", f"{key}_middle": "Петровна"},
            "phone": {key: "89000000000"},
            "email": {key: "stranger@example.ru"},
            "territory": {key: "irkutsk"},
            "long_text": {key: "Нужно поговорить"},
            "file": {key: SimpleUploadedFile("a.pdf", pdf(), "application/pdf")},
        }
        words |= given.get(field.type, {})
        if field.type in {"choice", "multiple_choice"}:
            words[key] = field.options["choices"][1]["key"]
    return words


def test_the_whole_journey_is_recorded_for_this_content_and_nothing_stays(editor, tmp_path, settings) -> None:
    settings.UPLOADS_DIR = tmp_path
    receipt = go_through(editor, begin(editor))
    html = editor.get(receipt).content.decode()
    for words in ("Проба прошла", "00-000-000", "ушло бы письмо", "Специалист позвонит вам"):
        assert words in html
    for model in (Application, Sheet, Draft, Upload, Outbox, FormCount):
        assert not model.objects.exists(), model
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert versions.latest("help").number == 1
    ready = Readiness(editor.page)
    assert ready.is_ready
    assert ready.trial.made_by == editor.user
    editor.page.minutes = 10
    assert not Readiness(editor.page).is_ready
    # The back button and a second click after the end show the receipt again.
    assert editor.post(receipt.replace("receipt", "check"), {"consent": "1"})["Location"] == receipt


def test_only_who_may_edit_the_page_goes_in(editor, client, signed_in) -> None:
    address = begin(editor)
    for other in (client, signed_in("press"), signed_in("reviewer")):
        assert other.get(address, follow=True).status_code == 404
        assert other.post(address + "check/", {"consent": "1"}).status_code == 404
    assert signed_in("admin").get(address, follow=True).status_code == 200
    assert editor.get("/apply/trial--" + "0" * 32 + "/").status_code == 404


def test_what_is_left_is_wiped_the_next_day(editor, tmp_path, settings) -> None:
    settings.UPLOADS_DIR = tmp_path
    here = editor.get(begin(editor), follow=True)
    editor.post(here.redirect_chain[-1][0], typed(editor, here.context["step"]))
    assert Draft.objects.get().trial_id
    tasks.drop_old.call_local()
    assert Draft.objects.exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        tasks.drop_old.call_local()
    assert not Draft.objects.exists()
    assert not Trial.objects.filter(how=Trial.How.SENT).exists()


def test_a_trial_of_a_form_with_errors_is_not_begun(editor) -> None:
    editor.page.consent_text = ""
    editor.page.save_revision()
    assert begin(editor).endswith("/ready/")
    assert not Trial.objects.filter(how=Trial.How.SENT).exists()


def test_a_draft_of_an_applicant_opens_no_trial_and_the_other_way_round(editor, client) -> None:
    here = editor.get(begin(editor), follow=True)
    editor.post(here.redirect_chain[-1][0], typed(editor, here.context["step"]))
    trial = Draft.objects.get().trial
    token = editor.cookies[f"draft_trial--{trial.address}"].value
    client.cookies["draft_help"] = token
    assert not client.get("/apply/help/", follow=True).context["visit"].answers
