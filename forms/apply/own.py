"""The applicant's own application: which one this browser may act on, and the talk with staff as its page shows it."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from forms.applications.models import Application, Inquiry, Message, Upload

from . import carried
from .lookup import COOKIE_NAME, admitted, let_out

KEY = re.compile(r"[0-9a-f]{32}")
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Said:
    """One message as the applicant reads it; no name of staff."""

    at: Any
    mine: bool
    text: str
    uploads: tuple[Upload, ...]


def fresh_key() -> str:
    """What a page sends with its form, so that a second click is the same act."""
    return secrets.token_hex(16)


def key_of(request: HttpRequest) -> str:
    """The key of the page that was sent; a new one where it is missing or not ours."""
    value = str(request.POST.get("key", ""))
    return value if KEY.fullmatch(value) else fresh_key()


def required(view: View) -> View:
    """Give the view the application this browser may see, as `application`; without a pass, ask for number and code,
    and keep what was written."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = application_of(request)
        if application is None:
            ended = "?ended" if request.COOKIES.get(COOKIE_NAME) else ""
            plain = HttpResponseRedirect(reverse("apply:requests") + ended)
            return let_out(carried.asking(request) or plain)
        return view(request, *args, application=application, **kwargs)

    return inner


def application_of(request: HttpRequest) -> Application | None:
    """The application this browser may act on now; None without a pass."""
    application_id = admitted(request)
    if application_id is None:
        return None
    rows = Application.objects.select_related("form", "team", "form_version", "sheet").defer("form_version__document")
    return rows.filter(pk=application_id).first()


def open_inquiry(application: Application) -> Inquiry | None:
    """The question that staff wait for an answer to."""
    if not application.paused_on:
        return None
    return Inquiry.objects.filter(application=application, closed_at__isnull=True).first()


def talk(application: Application, uploads: list[Upload], inquiry: Inquiry | None) -> list[Said]:
    """All that was said, oldest first; what staff wrote counts as read now.

    The open question stands above it by itself; what an erasure emptied is left out.
    """
    messages = list(Message.objects.filter(application=application).order_by("created_at", "pk"))
    unread = [each.pk for each in messages if each.side == Message.Side.STAFF and each.read_at is None]
    if unread:
        Message.objects.filter(pk__in=unread).update(read_at=timezone.now())
    said = (
        Said(
            message.created_at,
            message.side == Message.Side.APPLICANT,
            message.text,
            tuple(upload for upload in uploads if upload.message_id == message.pk),
        )
        for message in messages
    )
    return [each for each, message in zip(said, messages, strict=True) if _is_told(message, each, inquiry)]


def _is_told(message: Message, said: Said, inquiry: Inquiry | None) -> bool:
    own_words = bool(said.text or said.uploads)
    return own_words and (inquiry is None or message.inquiry_id != inquiry.pk)


def question_text(inquiry: Inquiry) -> str:
    """The words of a question; blank where only answers are to be corrected."""
    first = inquiry.messages.filter(side=Message.Side.STAFF).order_by("pk").first()
    return first.text if first else ""
