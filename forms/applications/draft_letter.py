"""The letter with a link to a draft: to whatever address the person gives, without a word of what was answered."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.notifications import outbox
from forms.notifications.models import Outbox

from . import codes, draft_pass, drafts
from .models import Draft

# So that nobody floods a stranger's mailbox through our forms.
LETTERS_A_DAY = 5
LETTERS_OF_A_DRAFT = 5


class TooManyLetters(Exception):
    """Enough was sent to this address today, or about this draft at all."""


def send(draft: Draft, title: str, address: str, link: str) -> None:
    """Put the letter into the outbox, once a day for a draft and an address; raises TooManyLetters.

    `link` is the page that takes number and code, from the root of the site. They stand behind «#»: no browser sends
    that part to any server, so they reach no log.
    """
    place, key = f"draft:{draft.pk}", _key(draft, address)
    with transaction.atomic():
        if Outbox.objects.filter(key=key).exists():
            return
        today = Outbox.objects.filter(key__startswith=key.rpartition(":")[0] + ":").count()
        if today >= LETTERS_A_DAY or Outbox.objects.filter(about=place).count() >= LETTERS_OF_A_DRAFT:
            raise TooManyLetters
        number, code = draft_pass.number_of(draft), draft_pass.code_of(draft)
        context = {
            "title": title,
            "number": number,
            "code": codes.shown(code),
            "until": drafts.kept_until(draft),
            "url": f"{settings.PUBLIC_URL}{link}?letter#{number.replace('-', '')}-{code}",
        }
        body = render_to_string("emails/draft.txt", context).strip() + "\n"
        outbox.put(key=key, recipient=address, subject=_("Продолжить заявку"), body=body, about=place)


def _key(draft: Draft, address: str) -> str:
    words = f"portal.draft.letter:{address.lower()}"
    digest = hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()[:24]
    return f"draft-link:{digest}:{timezone.localdate():%Y%m%d}:{draft.pk}"
