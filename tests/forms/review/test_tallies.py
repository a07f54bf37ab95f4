"""Questions without a card: counted once a press, taken back, added up; totals equal what they open to."""

import pytest
from django.utils import timezone

from forms.applications.models import Tally, TallyKind
from tests.factories import applications as make
from tests.factories import definitions

from .calls import typed

pytestmark = pytest.mark.django_db
CALL, TALLY, REPORT = "/admin/queue/call/", "/admin/queue/call/tally/", "/admin/queue/call/report/"


@pytest.fixture
def client(person, signed_in):
    user = person("operator")
    make.team("Иркутск", user)
    definitions.published_form()
    return signed_in(user)


@pytest.fixture
def parcel():
    return TallyKind.objects.get(name="Рассказали, как отправить посылку")


def test_one_press_is_one_and_a_slip_is_taken_back(client, parcel) -> None:
    for press in ("a", "a", "b"):
        answer = client.post(TALLY, {"tally": parcel.pk, "channel": "visit", "press": press})
    assert "сегодня 2" in answer.content.decode()
    assert list(Tally.objects.values_list("channel", "team__name")) == [("visit", "Иркутск")] * 2
    last = Tally.objects.latest("pk")
    undone = client.post(TALLY, {"untally": last.pk, "channel": "visit"}).content.decode()
    assert "сегодня 1" in undone
    assert "Отметка отменена." in undone
    Tally.objects.update(at=timezone.now() - timezone.timedelta(minutes=11))
    assert "только свою" in client.post(TALLY, {"untally": Tally.objects.earliest("pk").pk}).content.decode()
    for wrong in ("x", "99999"):
        assert "больше не отмечают" in client.post(TALLY, {"tally": wrong, "channel": "phone"}).content.decode()


def test_without_script_the_call_that_is_being_typed_stays(client, parcel) -> None:
    text = client.post(CALL, typed(save=None, tally=parcel.pk, pressed="1", consent=None)).content.decode()
    assert "Отмечено: Рассказали" in text
    assert 'value="Иванова"' in text
    assert "Нужно поговорить с психологом." in text
    assert Tally.objects.count() == 1


def test_totals_equal_what_they_open_to_and_teams_see_their_own(client, parcel, person, signed_in) -> None:
    other = TallyKind.objects.exclude(pk=parcel.pk).first()
    for press, (kind, channel) in enumerate([(parcel, "phone")] * 3 + [(parcel, "visit"), (other, "phone")]):
        client.post(TALLY, {"tally": kind.pk, "channel": channel, "press": str(press)})
    stranger = person("operator", "stranger")
    make.team("Братск", stranger, codes=("bratsk",))
    theirs = signed_in(stranger)
    theirs.post(TALLY, {"tally": parcel.pk, "channel": "letter", "press": "1"})
    seen = client.get(REPORT).context
    assert [(group.name, group.total) for group in seen["groups"]] == [(parcel.name, 4), (other.name, 1)]
    assert seen["total"] == 5
    for group in seen["groups"]:
        assert group.total == sum(row["n"] for row in group.rows)
    assert theirs.get(REPORT).context["total"] == 1
    assert signed_in("manager").get(REPORT).context["total"] == 6
    assert client.get(REPORT, {"first": "2020-01-01", "last": "2020-02-01"}).context["total"] == 0
    wrong = client.get(REPORT, {"first": "2026-05-01", "last": "2020-02-01"})
    assert "конец не раньше начала" in wrong.content.decode()


def test_leads_keep_the_list_and_nobody_else_below(person, signed_in) -> None:
    address = "/admin/snippets/form_applications/tallykind/"
    assert signed_in("lead").get(address).status_code == 200
    assert signed_in("operator").get(address).status_code == 302
    assert signed_in("press").post(TALLY, {"tally": "1"})["Location"] == "/admin/"
    assert signed_in("manager").post(TALLY, {"tally": "1"})["Location"] == "/admin/"
    assert not Tally.objects.exists()
