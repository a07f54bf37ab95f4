"""A form that closes while somebody fills it in: nothing typed is lost, and every page says why."""

import datetime

from django.utils import timezone

from forms.applications import actions
from forms.applications.models import Application, Draft
from forms.definitions.models import Form

from .filling import FAMILY, step_url

HOUR = datetime.timedelta(hours=1)
CHECK = "/apply/help/check/"


def test_what_was_typed_at_the_last_moment_is_kept_and_said(filled) -> None:
    Form.objects.update(closes_at=timezone.now() - HOUR, closed_message="Позвоните в центр.")
    answer = filled.post(step_url("s_family"), FAMILY | {"q_wishes": "только вечером"})
    html = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    for words in ("Приём заявок закончен", "Позвоните в центр.", "Ваши ответы сохранены"):
        assert words in html
    assert Draft.objects.get().typed["s_family"]["q_wishes"] == ["только вечером"]
    Form.objects.update(closes_at=None)
    assert "только вечером" in filled.get(step_url("s_family")).content.decode()


def test_a_form_that_fills_up_between_the_page_and_the_button_says_so(filled, submit, monkeypatch) -> None:
    Form.objects.update(most_applications=1)
    send = actions.submit

    def somebody_else_is_faster(*args, **kwargs):
        monkeypatch.setattr(actions, "submit", send)
        submit()
        return send(*args, **kwargs)

    monkeypatch.setattr(actions, "submit", somebody_else_is_faster)
    answer = filled.post(CHECK, {"consent": "1"})
    assert answer.status_code == 422
    assert "столько заявок, сколько можем" in answer.content.decode()
    assert Application.objects.count() == 1
    assert Draft.objects.filter(application__isnull=True).exclude(answers={}).count() == 1


def test_before_the_opening_nothing_begins_and_the_day_is_named(applicant) -> None:
    Form.objects.update(opens_at=timezone.make_aware(datetime.datetime(2126, 12, 1, 9, 0)))
    html = applicant.get("/apply/help/", follow=True).content.decode()
    assert "1 декабря 2126 года в 9:00" in html
