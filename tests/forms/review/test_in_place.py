"""A step over the card: the form without its frame, an address in place of a redirect, drafts kept without a word."""

import pytest

from forms.applications import actions
from forms.applications.models import PendingMove
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
ASKED = {"X-In-Place": "1"}


@pytest.fixture
def lead(person):
    user = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", user)
    return user


@pytest.mark.parametrize("action", ["resolve", "ask", "assign", "put_off"])
def test_the_form_comes_without_the_frame(action, lead, signed_in) -> None:
    application = make.new() if action == "assign" else make.in_work(lead)
    client = signed_in(lead)
    part = client.get(f"/admin/queue/{application.pk}/{action}/", headers=ASKED).content.decode()
    assert "data-step-part" in part and "<form" in part and "<body" not in part
    whole = client.get(f"/admin/queue/{application.pk}/{action}/").content.decode()
    assert "<body" in whole and "data-step-part" not in whole


def test_a_refusal_and_a_step_that_is_done_say_where_to_go(lead, signed_in) -> None:
    application, client = make.in_work(lead), signed_in(lead)
    card = f"/admin/queue/{application.pk}/"
    empty = client.post(f"{card}resolve/?folder=mine", {"expected": 2, "go": "1"}, headers=ASKED)
    assert empty.status_code == 200 and "q-error" in empty.content.decode()
    data = {"expected": 2, "explanation": "Готово.", "go": "1"}
    done = client.post(f"{card}resolve/?folder=mine", data, headers=ASKED)
    assert (done.status_code, done["X-Leads-To"]) == (204, f"{card}?folder=mine")
    assert "no-store" in done["Cache-Control"]
    refused = client.get(f"{card}resolve/", headers=ASKED)
    assert (refused.status_code, refused["X-Leads-To"]) == (204, card)
    assert "закрыто" in client.get(card).content.decode()


def test_a_stale_card_gives_the_form_with_what_changed(lead, signed_in, person) -> None:
    other = person("lead", "other")
    make.team("Иркутск", other)
    application = make.in_work(lead)
    actions.resolve(application.pk, other, 2, "Иначе")
    data = {"expected": 2, "explanation": "Моё.", "go": "1"}
    answer = signed_in(lead).post(f"/admin/queue/{application.pk}/resolve/", data, headers=ASKED)
    text = answer.content.decode()
    assert answer.status_code == 409 and "data-step-part" in text and "Моё." in text


def test_what_is_kept_in_passing_is_not_told(lead, signed_in) -> None:
    application, client = make.in_work(lead), signed_in(lead)
    card = f"/admin/queue/{application.pk}/"
    answer = client.post(f"{card}refuse/", {"expected": 2, "norm": "Пункт 4", "keep": "quietly"}, headers=ASKED)
    assert answer.status_code == 204
    page = client.get(card).content.decode()
    assert "Он виден только вам" not in page and "Есть ваш черновик" in page
    assert "Пункт 4" in client.get(f"{card}refuse/", headers=ASKED).content.decode()


def test_a_question_can_be_kept_and_changes_its_kind(lead, signed_in) -> None:
    application, client = make.in_work(lead), signed_in(lead)
    ask = f"/admin/queue/{application.pk}/ask/"
    said = {"expected": 2, "kind": "correct", "ask": "q_story", "why_q_story": "Добавьте адрес", "wanted_by": "вчера"}
    client.post(ask, said | {"text": "Здравствуйте", "keep": "1"})
    page = client.get(ask).content.decode()
    assert "Добавьте адрес" in page and "Здравствуйте" in page
    client.post(ask, said | {"kind": "letter", "text": "Просто так", "keep": "1"})
    assert list(PendingMove.objects.values_list("action", flat=True)) == ["write"]
    client.post(ask, said | {"kind": "question", "text": "Когда?", "wanted_by": "", "go": "1"})
    assert not PendingMove.objects.exists()
    application.refresh_from_db()
    assert application.state == "waiting_applicant"


def test_undo_leads_back_to_the_form(lead, signed_in, settings) -> None:
    settings.UNDO_SECONDS = 60
    application, client = make.in_work(lead), signed_in(lead)
    card = f"/admin/queue/{application.pk}/"
    client.post(f"{card}resolve/", {"expected": 2, "explanation": "Готово.", "go": "1"}, headers=ASKED)
    answer = client.post(f"{card}undo/", headers=ASKED)
    assert answer["X-Leads-To"] == f"{card}resolve/"
    assert "Готово." in client.get(f"{card}resolve/", headers=ASKED).content.decode()


def test_the_list_is_told_in_words_what_its_next_page_would_say(lead, signed_in) -> None:
    application, client = make.in_work(lead), signed_in(lead)
    card, asked = f"/admin/queue/{application.pk}/", {"X-In-Place": "list"}
    kept = client.post(f"{card}refuse/", {"expected": 2, "norm": "Пункт 4", "keep": "1"}, headers=asked)
    assert (kept.status_code, kept["X-Leads-To"]) == (200, card)
    assert kept.content.decode() == "Черновик сохранён. Он виден только вам."
    assert "no-store" in kept["Cache-Control"]
    data = {"expected": 2, "explanation": "Готово.", "go": "1"}
    assert "закрыто" in client.post(f"{card}resolve/", data, headers=asked).content.decode()
    refused = client.get(f"{card}resolve/", headers=asked)
    assert (refused["X-Leads-To"], "сейчас невозможно" in refused.content.decode()) == (card, True)
    # What was told once is not told again.
    assert not list(client.get("/admin/queue/").context["messages"])
    empty = client.post("/admin/queue/batches/new/", {"act": "assign"}, headers=asked)
    assert "Отметьте обращения" in empty.content.decode()
