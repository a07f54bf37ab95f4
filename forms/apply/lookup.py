"""Number and code: the form that opens an application, and the short-lived pass it gives."""

from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .stepform import PortalForm

COOKIE_NAME = "request_pass"
COOKIE_PATH = "/requests/"
SECONDS = 30 * 60
_SALT = "portal.apply.status"


class LookupForm(PortalForm):
    """What the applicant copies from the receipt, in any spelling."""

    number = forms.CharField(
        label=_("Номер заявки"),
        help_text=_("Например, 38-004-817"),
        max_length=40,
        strip=True,
        error_messages={
            "required": _("Напишите номер заявки из памятки"),
            "max_length": _("Проверьте номер: в нём 8 цифр"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w12"}),
    )
    code = forms.CharField(
        label=_("Код для проверки"),
        help_text=_("8 цифр из памятки или письма"),
        max_length=40,
        strip=True,
        error_messages={
            "required": _("Напишите код из памятки"),
            "max_length": _("Проверьте код: в нём 8 цифр"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w12"}),
    )


def let_in(response: HttpResponse, request: HttpRequest, application_id: int) -> HttpResponse:
    """Let this browser see one application for half an hour; nothing of it stands in an address."""
    response.set_cookie(
        COOKIE_NAME,
        signing.dumps(application_id, salt=_SALT),
        max_age=SECONDS,
        path=COOKIE_PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def let_out(response: HttpResponse) -> HttpResponse:
    """End it."""
    response.delete_cookie(COOKIE_NAME, path=COOKIE_PATH, samesite="Lax")
    return response


def admitted(request: HttpRequest) -> int | None:
    """The application this browser may see; None without a pass or after its time."""
    try:
        value: Any = signing.loads(request.COOKIES.get(COOKIE_NAME, ""), salt=_SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return value if isinstance(value, int) else None
