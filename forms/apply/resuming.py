"""Two small forms of «Продолжить позже»: where to send the link, and number with code on the other device."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .lookup import LookupForm
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


class ResumeForm(LookupForm):
    """What stands on the page «Продолжить позже» and in the letter."""

    number = forms.CharField(
        label=_("Номер"),
        help_text=_("Начинается с нуля, например 0-004-817"),
        max_length=40,
        strip=True,
        error_messages={
            "required": _("Напишите номер, который вы записали"),
            "max_length": _("Проверьте номер: в нём 7 цифр"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w12"}),
    )
    code = forms.CharField(
        label=_("Код"),
        help_text=_("8 цифр"),
        max_length=40,
        strip=True,
        error_messages={
            "required": _("Напишите код, который вы записали"),
            "max_length": _("Проверьте код: в нём 8 цифр"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w12"}),
    )
