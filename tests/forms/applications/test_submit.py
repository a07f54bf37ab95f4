"""From a draft to an application: routing, dates, what is kept, what is refused, and only once."""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from forms.applications import actions, codes, drafts, journal
from forms.applications.models import Application, Draft, Sheet, Team
from forms.applications.states import State
from forms.definitions.models import FormVersion
from forms.notifications.models import Outbox
from tests.factories import applications as make
from tests.factories import definitions
from tests.factories.family import rule

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC)


def test_everything_about_a_new_application() -> None:
    team = make.team("Иркутск")
    with time_machine.travel(MONDAY, tick=False):
        application = make.new()
    assert application.state == State.NEW
    assert application.is_open
    assert application.team == team
    assert application.territory.code == "irkutsk"
    assert application.legal_status == "request"
    assert application.name == "Иванова Мария Петровна"
    assert application.short_name == "Иванова М. П."
    assert application.summary == "Нужно поговорить с психологом."
    assert (application.phone_digits, application.phone_rev) == ("9000000000", "0000000009")
    assert application.email_key == "ivanova@example.ru"
    # 30 calendar days after 23 November 2026.
    assert application.due_on == datetime.date(2026, 12, 23)
    sheet = Sheet.objects.get(application=application)
    assert sheet.answers == definitions.help_answers()
    assert (sheet.consent_version, sheet.consent_at) == (1, MONDAY)
    assert not list(journal.problems())


def test_due_date_on_a_day_off_moves_back() -> None:
    make.team()
    # 30 days after 1 December 2026 is 31 December, a day off by decree or by the calendar of weekends; 30 days
    # after 7 December is 6 January, inside the holidays.
    with time_machine.travel(datetime.datetime(2026, 12, 7, 5, tzinfo=datetime.UTC), tick=False):
        application = make.new()
    assert application.due_on < datetime.date(2027, 1, 6)
    assert application.due_on.weekday() < 5


@pytest.mark.django_db
def test_the_number_is_readable_and_unique() -> None:
    make.team()
    first, second = make.new(), make.new()
    assert first.public_number != second.public_number
    assert Application(pk=4817, number_prefix="38").public_number == "38-004-817"
    assert Application(pk=1_004_817, number_prefix="38").public_number == "38-1004-817"


def test_unknown_territory_goes_to_the_common_queue_which_appears_by_itself() -> None:
    application = make.new(q_place="nobody-knows")
    assert application.team.is_common
    assert application.territory is None
    assert make.new(q_place="nobody-knows").team == application.team
    assert Team.objects.count() == 1


def test_a_form_may_name_its_team() -> None:
    make.team("Иркутск")
    wanted = make.team("Психологи", codes=())
    version = definitions.published_form("psy", team="Психологи")
    draft, _token = drafts.start(version.pk)
    drafts.save(draft, definitions.help_answers(), "s_help")
    assert actions.submit(draft, 1).team == wanted


def test_hidden_answers_are_dropped() -> None:
    make.team()
    # q_birth is asked of spouses only.
    application = make.new(q_relation="c_parent", q_birth="2020-01-02")
    assert "q_birth" not in application.sheet.answers


def test_an_incomplete_draft_is_refused_and_says_where() -> None:
    draft = make.draft(q_story="")
    with pytest.raises(actions.Incomplete) as refused:
        actions.submit(draft, 1)
    assert refused.value.step_key == "s_help"
    draft.refresh_from_db()
    assert draft.application is None
    assert draft.answers["q_relation"] == "c_parent"


def test_an_old_consent_is_refused() -> None:
    with pytest.raises(actions.Refused, match="согласия изменился"):
        actions.submit(make.draft(), consent_version=7)
    assert not Application.objects.exists()


def test_a_second_submit_returns_the_same_application() -> None:
    make.team()
    draft = make.draft()
    first = actions.submit(draft, 1)
    again = actions.submit(Draft.objects.get(pk=draft.pk), 1)
    assert first == again
    assert Application.objects.count() == 1
    assert Outbox.objects.count() == 1


def test_a_sent_draft_holds_no_personal_data_and_cannot_be_changed() -> None:
    make.team()
    draft = make.draft()
    actions.submit(draft, 1)
    stored = Draft.objects.get(pk=draft.pk)
    assert (stored.answers, stored.typed) == ({}, {})
    assert not drafts.save(stored, {"q_story": "другое"}, "s_help")
    assert Draft.objects.get(pk=draft.pk).answers == {}


def test_confirmation_letter_only_with_an_address() -> None:
    make.team()
    application = make.new()
    letter = Outbox.objects.get()
    assert letter.recipient == "ivanova@example.ru"
    assert application.public_number in letter.subject
    assert codes.shown(codes.code_for(application)) in letter.body
    assert f"{settings.PUBLIC_URL}/requests/" in letter.body
    assert "{{" not in letter.body
    make.new(q_email="")
    assert Outbox.objects.count() == 1


def test_api_key_makes_one_application_and_refuses_other_answers() -> None:
    make.team()
    version = definitions.published_form()
    first = actions.submit_answers(version, definitions.help_answers(), 1, "api", "key-1")
    again = actions.submit_answers(version, definitions.help_answers(), 1, "api", "key-1")
    assert first == again
    with pytest.raises(actions.Refused, match="ключ уже использован"):
        actions.submit_answers(version, definitions.help_answers(q_story="Иное"), 1, "api", "key-1")
    other_form = definitions.published_form("other")
    assert actions.submit_answers(other_form, definitions.help_answers(), 1, "api", "key-1") != first


def test_an_application_keeps_its_version_for_ever() -> None:
    make.team()
    application = make.new()
    definitions.published_form(title="Новое название")
    assert FormVersion.objects.count() == 2
    application.refresh_from_db()
    assert application.form_version.document["title"] == "Попросить о помощи"


def test_long_and_strange_answers_fit_the_columns() -> None:
    make.team()
    story = "слово " * 100
    application = make.new(q_story=story, q_name={"last": "Ёлкина" * 30, "first": "Аня" * 40, "middle": ""})
    assert len(application.summary) <= 160
    assert application.summary.endswith("…")
    assert len(application.name) <= 200
    assert application.name_key.startswith("елкина")


def test_queries_of_one_submission(django_assert_max_num_queries) -> None:
    make.team()
    make.new()
    draft = make.draft()
    with django_assert_max_num_queries(13):
        actions.submit(draft, 1)


def test_old_drafts_are_dropped() -> None:
    make.team()
    draft = make.draft()
    sent = make.draft()
    actions.submit(sent, 1)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=settings.SENT_DRAFT_DAYS, hours=1)):
        assert drafts.drop_old() == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(days=settings.DRAFT_DAYS, hours=1)):
        assert drafts.drop_old() == 1
    assert Application.objects.count() == 1
    assert not Draft.objects.filter(pk__in=[draft.pk, sent.pk]).exists()


@pytest.mark.parametrize("token", ["", "unknown", "x" * 5000, "\x00", "\ud800"])
def test_a_wrong_token_opens_nothing(token: str) -> None:
    assert drafts.load(token) is None


def test_a_token_opens_its_draft_and_is_not_stored() -> None:
    draft, token = drafts.start(definitions.published_form().pk)
    assert drafts.load(token) == draft
    assert token not in str(Draft.objects.filter(pk=draft.pk).values().get())


URGENT = {"q": "q_topics", "op": "answered"}


def _ruled(*rules: dict) -> FormVersion:
    return definitions.published_form("ruled", rules=list(rules))


def _send(version: FormVersion):
    return actions.submit_answers(version, definitions.help_answers(), 1, "api", "key-of-the-rules")


def test_a_rule_of_the_form_names_the_team() -> None:
    make.team("Иркутск")
    children = make.team("Дети", codes=())
    assert _send(_ruled(rule("r_route", "route", URGENT, team="Дети"))).team == children


@pytest.mark.parametrize(
    "ruled",
    [
        rule("r_stop", "stop", URGENT, message="Эта форма для другого", hard=True, link="/measures/", link_text="Меры"),
        rule("r_check", "check", URGENT, message="Эта форма для другого", fields=["q_topics"]),
    ],
)
def test_what_a_rule_forbids_is_refused_on_every_road(ruled) -> None:
    make.team()
    with pytest.raises(actions.Refused, match="Эта форма для другого"):
        _send(_ruled(ruled))
    assert not Application.objects.exists()


def test_a_soft_stop_hinders_nobody() -> None:
    make.team()
    assert _send(_ruled(rule("r_soft", "stop", URGENT, message="Может не подойти"))).pk
