"""Number and code: the form that opens an application, and the short-lived pass it gives."""

from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .stepform import PortalForm

COOKIE_NAME = "request_pass"
COOKIE_PATH = "/requests/"
SECONDS = 30 * 60
_SALT = "portal.apply.status"


def _digits(label: Any, hint: Any, blank: Any, too_long: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=40,
        strip=True,
        error_messages={"required": blank, "max_length": too_long},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w12"}),
    )


class PairForm(PortalForm):
    """A number and its code, in any spelling. A subclass says whose: `number_words`, `code_words`."""

    # Label, hint, what to say when it is blank, and when it is too long.
    number_words: ClassVar[tuple[Any, Any, Any, Any]]
    code_words: ClassVar[tuple[Any, Any, Any, Any]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = _digits(*self.number_words)
        self.fields["code"] = _digits(*self.code_words)


class LookupForm(PairForm):
    """What the applicant copies from the receipt."""

    number_words = (
        _("Номер заявки"),
        _("Например, 38-004-817"),
        _("Напишите номер заявки из памятки"),
        _("Проверьте номер: в нём 8 цифр"),
    )
    code_words = (
        _("Код для проверки"),
        _("8 цифр из памятки или письма"),
        _("Напишите код из памятки"),
        _("Проверьте код: в нём 8 цифр"),
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
