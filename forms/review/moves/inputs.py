"""What a step asks for, as a form: the names come from the table, the fields from here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.applications import absences, assigning, closing, deadlines, delaying, people
from forms.applications.models import Application
from forms.applications.stages import Move, PutOffReason
from forms.review.person_field import PersonField

# The text of a step that the applicant reads, and that a template fills.
LONG = _("Сократите до %(limit_value)d знаков, сейчас их %(show_value)d.")
NOT_THERE = _("Такого варианта нет. Выберите из списка.")
MAIN = ("explanation", "notice", "extension_reason")
STAFF_ONLY = "reason"
Maker = Callable[[Application], forms.Field]


def _long(label: Any, sentence: Any, limit: int, rows: int, hint: Any = "") -> Maker:
    def make(application: Application) -> forms.Field:
        return forms.CharField(
            label=label,
            help_text=hint,
            max_length=limit,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": sentence, "max_length": LONG},
        )

    return make


def _line(label: Any, sentence: Any, limit: int, hint: Any = "") -> Maker:
    def make(application: Application) -> forms.Field:
        return forms.CharField(
            label=label, help_text=hint, max_length=limit, error_messages={"required": sentence, "max_length": LONG}
        )

    return make


def _days(application: Application) -> forms.Field:
    longest = deadlines.longest_extension()
    sentence = _("Напишите число дней от 1 до %(days)s.") % {"days": longest}
    return forms.IntegerField(
        label=_("На сколько дней"),
        help_text=_("Один раз, от 1 до %(days)s дней.") % {"days": longest},
        min_value=1,
        max_value=longest,
        error_messages={
            "required": _("Напишите, на сколько дней продлить."),
            **dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
        },
    )


def _contact_on(application: Application) -> forms.Field:
    last = delaying.latest_contact(application, timezone.localdate())
    return forms.DateField(
        label=_("Когда свяжемся с человеком"),
        help_text=_("Не позже %(day)s. В этот день обращение вернётся в «Горит сегодня».")
        % {"day": last.strftime("%d.%m.%Y")},
        widget=forms.DateInput(attrs={"type": "date", "max": last.isoformat()}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Назовите день, когда вы свяжетесь с человеком."),
            "invalid": _("Напишите дату, например 30.11.2026"),
        },
    )


def _put_off_reason(application: Application) -> forms.Field:
    return forms.ChoiceField(
        label=_("Почему не сейчас"),
        choices=PutOffReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Выберите, почему не сейчас."), "invalid_choice": NOT_THERE},
    )


def _assignee(application: Application) -> forms.Field:
    # Who led it leads it again, unless they are away: then somebody has to be chosen.
    before = None if application.is_open else application.assignee_id
    if before and absences.on(timezone.localdate(), [before]):
        before = None
    return PersonField(
        queryset=people.assignable(application.team),
        label=_("Кто будет вести"),
        empty_label=_("Выберите"),
        initial=before,
        error_messages={"required": _("Выберите, кто будет вести обращение."), "invalid_choice": NOT_THERE},
    )


def _team(application: Application) -> forms.Field:
    return forms.ModelChoiceField(
        queryset=people.other_teams(application.team),
        label=_("Какой команде"),
        empty_label=_("Выберите"),
        error_messages={"required": _("Выберите другую команду."), "invalid_choice": NOT_THERE},
    )


INPUTS: dict[str, Maker] = {
    "explanation": _long(
        _("Объяснение простыми словами"),
        _("Напишите, что сделано или почему помочь нельзя."),
        *(closing.EXPLANATION_LENGTH, 8, _("Это прочтёт заявитель: что сделано, почему так и что делать дальше.")),
    ),
    "norm": _line(
        _("Норма"), _("Назовите норму: закон, пункт, порядок."), closing.NORM_LENGTH, _("На чём стоит отказ.")
    ),
    "next_step": _long(
        _("Что человеку делать дальше"), _("Напишите, что человеку делать дальше."), closing.STEP_LENGTH, 2
    ),
    "redirected_to": _line(
        *(_("Куда передано"), _("Напишите, куда передано: полное название ведомства."), closing.WHERE_LENGTH),
        _("Полное название: его прочтёт заявитель."),
    ),
    "notice": _long(
        *(_("Что прочтёт заявитель"), _("Напишите, что прочтёт заявитель."), assigning.NOTICE_LENGTH, 5),
        _("Прочтёт на странице заявки, по номеру и коду."),
    ),
    "extension_reason": _long(
        _("Почему нужно больше времени"),
        _("Напишите, почему нужно больше времени."),
        delaying.REASON_LENGTH,
        3,
        _("Это прочтёт заявитель, вместе с новой датой."),
    ),
    "reason": _long(
        _("Причина для своих"),
        _("Напишите причину для коллег."),
        closing.REASON_LENGTH,
        3,
        _("Увидят только сотрудники."),
    ),
    "days": _days,
    "contact_on": _contact_on,
    "put_off_reason": _put_off_reason,
    "assignee": _assignee,
    "team": _team,
}


class StepForm(forms.Form):
    """Which row was seen, and what this step needs."""

    # Read by `expected_of`: what is no version is an old one, never a form that says nothing.
    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, move: Move, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*move.asks, *move.may_add):
            self.fields[name] = INPUTS[name](application)
            self.fields[name].required = name in move.asks
        self.main = next((name for name in MAIN if name in self.fields), "")

    def needs(self) -> dict[str, Any]:
        """What the action takes beside the row, the user and the version; once it is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "expected"}

    def typed(self) -> dict[str, str]:
        """What stands in the fields, right or wrong."""
        return {name: str(self.data.get(name, ""))[:6000] for name in self.fields}
