"""«Отсутствия», the filter «у отсутствующих», teams' settings and the switch of the morning letter."""

import datetime

import pytest
from django.utils import timezone

from forms.applications import office
from forms.applications.models import Absence, OfficeEntry, StaffLetters
from forms.review.batches.inputs import AssignForm
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
ABSENCES = "/admin/queue/absences/"


@pytest.fixture
def team(person):
    anna = person("reviewer", "anna", last_name="Павлова", first_name="Анна")
    boris = person("reviewer", "boris", last_name="Доржиев", first_name="Борис")
    lead = person("lead", last_name="Мельник")
    make.team("Иркутск", anna, boris, lead)
    return anna, boris, lead


def _days(first: int, last: int) -> dict[str, str]:
    today = timezone.localdate()
    days = (today + datetime.timedelta(days=each) for each in (first, last))
    return dict(zip(("starts_on", "ends_on"), (day.isoformat() for day in days), strict=True))


def test_a_person_writes_down_their_own_and_nobody_elses(team, signed_in) -> None:
    anna, boris, _lead = team
    client = signed_in(anna)
    answer = client.post(ABSENCES, {"person": anna.pk, "substitute": boris.pk, **_days(0, 3)}, follow=True)
    assert "Записано" in answer.content.decode()
    assert Absence.objects.get().substitute == boris
    refused = client.post(ABSENCES, {"person": boris.pk, **_days(0, 3)})
    assert refused.status_code == 422
    assert Absence.objects.count() == 1
    foreign = Absence.objects.create(person=boris, starts_on=timezone.localdate(), ends_on=timezone.localdate())
    assert client.get(f"{ABSENCES}{foreign.pk}/").status_code == 404
    assert client.post(f"{ABSENCES}{foreign.pk}/", {"remove": "1"}).status_code == 404
    assert client.get(ABSENCES).context["rows"][0].absence.person == anna


def test_bad_input_is_told_and_kept(team, signed_in) -> None:
    client = signed_in(team[0])
    days = _days(0, 3)
    turned = {"starts_on": days["ends_on"], "ends_on": days["starts_on"]}
    answer = client.post(ABSENCES, {"person": team[0].pk, **turned})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Последний день раньше первого" in text
    assert f'value="{days["ends_on"]}"' in text
    assert "Укажите день" in client.post(ABSENCES, {"person": team[0].pk}).content.decode()


def test_the_lead_sees_what_who_is_away_left_open(team, signed_in, django_assert_max_num_queries) -> None:
    anna, boris, lead = team
    mine = [make.in_work(anna) for _number in range(2)]
    make.in_work(boris)
    client = signed_in(lead)
    assert [row.pk for row in client.get("/admin/queue/?folder=open&assignee=away").context["object_list"]] == []
    client.post(ABSENCES, {"person": anna.pk, **_days(-1, 1)})
    client.post(ABSENCES, {"person": boris.pk, **_days(5, 9)})
    with django_assert_max_num_queries(18):
        answer = client.get(ABSENCES)
    assert [(row.open_count, row.is_now) for row in answer.context["rows"]] == [(2, True), (1, False)]
    shown = client.get(answer.context["left_url"])
    assert {row.pk for row in shown.context["object_list"]} == {each.pk for each in mine}
    assert "у отсутствующих" in shown.content.decode()
    one = Absence.objects.get(person=anna)
    client.post(f"{ABSENCES}{one.pk}/", {"remove": "1"})
    assert not Absence.objects.filter(person=anna)


def test_who_does_no_work_on_applications_has_no_such_screen(signed_in) -> None:
    for role in ("operator", "press"):
        client = signed_in(role)
        assert client.get(ABSENCES)["Location"] == "/admin/"
        assert "absences" not in client.get("/admin/").content.decode()


def test_the_morning_letter_is_switched_off_in_ones_own_account(team, signed_in) -> None:
    client = signed_in(team[0])
    assert "Письма о работе" in client.get("/admin/account/").content.decode()
    form = {
        "name_email-first_name": "Анна",
        "name_email-last_name": "Павлова",
        "name_email-email": "anna@example.org",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    answer = client.post("/admin/account/", form)
    assert answer.status_code == 302, answer.context["panels_by_tab"]
    assert StaffLetters.objects.get(person=team[0]).digest is False
    client.post("/admin/account/", form | {"staff_letters-digest": "on"})
    assert StaffLetters.objects.get(person=team[0]).digest is True
    assert "Письма о работе" not in signed_in("press").get("/admin/account/").content.decode()


def test_topics_and_even_work_are_set_on_the_team(signed_in) -> None:
    make.team()
    client = signed_in("admin")
    team = make.team()
    text = client.get(f"/admin/snippets/form_applications/team/edit/{team.pk}/").content.decode()
    assert "распределять поровну" in text.lower()
    assert 'name="topics"' in text


def test_who_assigns_work_reads_who_is_away_and_who_stands_in(team, django_assert_num_queries) -> None:
    anna, boris, lead = team
    today = timezone.localdate()
    Absence.objects.create(person=anna, starts_on=today, ends_on=today, substitute=boris)
    with django_assert_num_queries(3):
        text = str(AssignForm(lead)["assignee"])
    assert "Павлова А. — нет по" in text
    assert "замещает Доржиев Б." in text
    assert text.count("нет по") == 1


def test_assigning_one_on_its_card_warns_of_who_is_away(signed_in, person) -> None:
    lead, away = person("lead", "the-lead"), person("reviewer", "away", last_name="Павлова", first_name="Анна")
    there = person("reviewer", "there", last_name="Яковлев", first_name="Пётр")
    make.team("Иркутск", lead, away, there)
    closed = make.resolved(away)
    client = signed_in(lead)
    again = client.get(f"/admin/queue/{closed.pk}/reopen/").context["form"]["assignee"]
    assert again.value() == away.pk
    today = timezone.localdate()
    Absence.objects.create(person=away, starts_on=today, ends_on=today)
    answer = client.get(f"/admin/queue/{make.new().pk}/assign/")
    text = answer.content.decode()
    assert "Павлова А. — нет по" in text and text.count("нет по") == 1
    # Last of all and apart, whatever the alphabet says.
    (_none, *here, (apart, gone)) = answer.context["form"].fields["assignee"].choices
    assert [pk.value for pk, _name in here] == [lead.pk, there.pk]
    assert (apart, [pk.value for pk, _name in gone]) == ("Сейчас отсутствуют", [away.pk])
    # Nobody who is away is chosen but by hand.
    again = client.get(f"/admin/queue/{closed.pk}/reopen/").context["form"]["assignee"]
    assert again.value() is None and again.field.valid_value(away.pk)


def test_what_is_written_down_and_taken_back_is_in_the_journal_of_the_office(team, signed_in) -> None:
    anna, client = team[0], signed_in(team[0])
    day = timezone.localdate().isoformat()
    client.post(ABSENCES, {"person": anna.pk, "starts_on": day, "ends_on": day, "substitute": ""})
    kept = Absence.objects.get()
    client.post(f"{ABSENCES}{kept.pk}/", {"remove": "1"})
    found = list(OfficeEntry.objects.order_by("seq").values_list("action", "actor", "facts"))
    facts = {"person": anna.pk, "substitute": None, "starts_on": day, "ends_on": day}
    assert found == [("absence_kept", anna.pk, facts), ("absence_dropped", anna.pk, facts)]
    assert not list(office.problems())
    page = signed_in("manager").get("/admin/queue/journal/").content.decode()
    assert "Записано отсутствие" in page and f"сотрудник №: {anna.pk}" in page
