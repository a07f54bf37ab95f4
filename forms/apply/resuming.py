"""Two small forms of «Продолжить позже»: where to send the link, and number with code on the other device."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .lookup import PairForm
from .stepform import PortalForm


class LetterForm(PortalForm):
    """Where the link goes; the address is not kept with the answers."""

    email = forms.EmailField(
        label=_("Почта"),
        max_length=254,
        error_messages={
            "required": _("Напишите адрес почты"),
            "invalid": _("Проверьте адрес: в нём есть «@» и точка, например ivanova@example.ru"),
            "max_length": _("Проверьте адрес: он слишком длинный"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ResumeForm(PairForm):
    """What stands on the page «Продолжить позже» and in the letter."""

    number_words = (
        _("Номер"),
        _("Начинается с нуля, например 0-004-817"),
        _("Напишите номер, который вы записали"),
        _("Проверьте номер: в нём 7 цифр"),
    )
    code_words = (
        _("Код"),
        _("8 цифр"),
        _("Напишите код, который вы записали"),
        _("Проверьте код: в нём 8 цифр"),
    )
