"""What each act for many applications asks for: one small form an act."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from forms.applications import closing, placeholders
from forms.applications.models import Label, Team, Urgency
from forms.applications.querysets import VIEW_ALL
from forms.review.person_field import PersonField

TEXT_LENGTH = 5000
REASON_LENGTH = 500
Given = dict[str, Any]


class _Words(forms.CharField):
    """A text that each applicant reads with their own name and number in it."""

    def clean(self, value: Any) -> str:
        """What nothing fills in would reach an applicant as it stands."""
        text: str = super().clean(value)
        if unknown := placeholders.unknown(text):
            sentence = _("Таких мест нет: %(places)s. %(help)s")
            raise forms.ValidationError(sentence % {"places": ", ".join(unknown), "help": placeholders.HELP})
        return text


def _words(label: Any, help_text: Any, rows: int, length: int, *, required: bool = True) -> forms.CharField:
    return _Words(
        required=required,
        label=label,
        help_text=help_text,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": gettext_lazy("Напишите текст.")},
    )


class ActForm(forms.Form):
    """A form that knows who fills it; `given` is what the worker needs of it."""

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.prepare()

    def prepare(self) -> None:
        """Narrow the choices to what this person may choose."""

    def given(self) -> Given:
        """As it is kept: ids and words."""
        return {name: getattr(value, "pk", value) for name, value in self.cleaned_data.items()}

    def title(self) -> str:
        """What is done, in words, without a word that was typed."""
        return ""


class _Named(forms.ModelChoiceField):
    """People by their short names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, "short_name", obj))


class AssignForm(ActForm):
    """To whom."""

    assignee = PersonField(
        queryset=User.objects.none(),
        label=gettext_lazy("Кому"),
        empty_label=gettext_lazy("Выберите сотрудника"),
        error_messages={"required": gettext_lazy("Выберите, кому назначить.")},
    )

    def prepare(self) -> None:
        teams = _teams_of(self.user).values("pk")
        people = User.objects.filter(is_active=True, pk__in=User.objects.filter(teams__in=teams).values("pk"))
        self.fields["assignee"].queryset = people.order_by("last_name", "first_name")  # type: ignore[attr-defined]

    def title(self) -> str:
        return _("Назначаем: %s") % self.cleaned_data["assignee"].short_name


class LabelForm(ActForm):
    """Which label."""

    label = _Named(
        queryset=Label.objects.all(),
        label=gettext_lazy("Метка"),
        empty_label=gettext_lazy("Выберите метку"),
        error_messages={"required": gettext_lazy("Выберите метку.")},
    )

    def title(self) -> str:
        return _("Ставим метку: %s") % self.cleaned_data["label"]


class TeamForm(ActForm):
    """To which team, and what both sides read."""

    team = _Named(
        queryset=Team.objects.all(),
        label=gettext_lazy("Команда"),
        empty_label=gettext_lazy("Выберите команду"),
        error_messages={"required": gettext_lazy("Выберите команду.")},
    )
    notice = _words(
        gettext_lazy("Заявителям"),
        gettext_lazy("Это прочтёт каждый заявитель: кто теперь занимается его обращением."),
        4,
        TEXT_LENGTH,
    )
    reason = _words(
        gettext_lazy("Новой команде"),
        gettext_lazy("Это прочтут только коллеги: почему обращения переданы."),
        3,
        REASON_LENGTH,
    )

    def title(self) -> str:
        return _("Передаём команде: %s") % self.cleaned_data["team"]


class UrgencyForm(ActForm):
    """How urgent, and why."""

    urgency = forms.TypedChoiceField(
        choices=Urgency.choices,
        coerce=int,
        label=gettext_lazy("Срочность"),
        initial=Urgency.SOON,
        error_messages={"required": gettext_lazy("Выберите срочность.")},
    )
    reason = _words(
        gettext_lazy("Почему"), gettext_lazy("Останется заметкой для коллег у каждого обращения."), 3, REASON_LENGTH
    )

    def title(self) -> str:
        return _("Срочность: %s") % Urgency(self.cleaned_data["urgency"]).label


class LetterForm(ActForm):
    """The letter."""

    text = _words(
        gettext_lazy("Письмо"),
        gettext_lazy("Один текст для всех. Подставятся у каждого свои: {имя}, {номер}, {срок}, {команда}."),
        8,
        TEXT_LENGTH,
    )

    def title(self) -> str:
        return _("Пишем заявителям")


class CloseForm(ActForm):
    """The result, and what the applicants read."""

    result = forms.ChoiceField(
        label=gettext_lazy("Результат"),
        choices=[("resolve", gettext_lazy("решено")), ("explain", gettext_lazy("разъяснено"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Выберите результат.")},
    )
    explanation = _words(
        gettext_lazy("Ответ заявителям"),
        gettext_lazy("Что сделано и почему так. Подставятся у каждого свои: {имя}, {номер}, {срок}, {команда}."),
        8,
        closing.EXPLANATION_LENGTH,
    )
    next_step = _words(gettext_lazy("Что людям делать дальше"), "", 2, closing.STEP_LENGTH, required=False)

    def title(self) -> str:
        return _("Закрываем: %s") % dict(self.fields["result"].choices)[self.cleaned_data["result"]]  # type: ignore[attr-defined]


def _teams_of(user: Any) -> Any:
    return Team.objects.all() if user.has_perm(VIEW_ALL) else Team.objects.filter(members=user)
