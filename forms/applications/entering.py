"""What staff write down for somebody who called, came or wrote. One transaction each, and a second click is the first.

Consent given aloud (152-FZ, article 9, asks for a form that can be proved; a lawyer confirms the wording): the words
that were read, their version, who read them and when are kept with the application.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions import versions, whole
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.models import Form, FormVersion

from . import actions, indexing, movement, opening
from .models import Application, Call, Entry
from .models.entry import SPOKEN
from .movement import Refused
from .texts import cleaned

ENTER = "form_applications.enter_application"
NAME_LENGTH, TEXT_LENGTH = 200, 5000
# A shift: so long the number and the code can be read out again by who wrote the application down.
SHOWN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Said:
    """What is known beside the answers: by which channel, who spoke for the applicant, who helped."""

    channel: str
    caller: str = ""
    helper: str = ""


def spoken_consent(definition: Definition) -> str:
    """What to read aloud before somebody agrees: the setting's words around those of the form."""
    return str(settings.SPOKEN_CONSENT).replace("%(consent)s", definition.consent.summary)


def enter(version: FormVersion, answers: dict[str, Any], said: Said, user: Any, key: str) -> Application:
    """A new application of a member of staff; the same key returns the same one, at the same moment too.

    `answers` are clean. Papers are noted as brought later. Raises Refused, opening.Closed, actions.Incomplete.
    """
    _require(user, said.channel)
    definition = versions.definition_of(version.pk)
    sent = actions.Sent(
        version.pk,
        version.form_id,
        whole.promised(definition, answers),
        definition.consent.version,
        said.channel,
        source_key=_key(user, key),
        entered_by=user,
    )
    try:
        with transaction.atomic():
            known = Application.objects.filter(source_key=sent.source_key).first()
            if known is not None:
                return _the_same(known, definition, sent)
            opening.admit(Form.objects.get(pk=version.form_id))
            application = actions.create(sent)
            Entry.objects.create(
                application=application,
                entered_by=user,
                caller=cleaned(said.caller, NAME_LENGTH),
                helper=cleaned(said.helper, NAME_LENGTH),
                consent_words=spoken_consent(definition),
            )
            return application
    except IntegrityError:
        # A twin request won the race between the look and the insert.
        return _the_same(Application.objects.get(source_key=sent.source_key), definition, sent)


def add(application_id: int, user: Any, said: Said, text: str, key: str) -> Application:
    """Words to an open application instead of a new one. Raises Refused, or DoesNotExist when it is not theirs to see.

    The clock is left alone: who leads the application decides what the words change.
    """
    _require(user, said.channel)
    text = cleaned(text, TEXT_LENGTH)
    if not text:
        raise Refused(_("Запишите, что сказал человек."))
    with transaction.atomic():
        rows = Application.objects.visible_to(user).select_for_update(of=("self",))
        application: Application = rows.get(pk=application_id)
        if Call.objects.filter(key=_key(user, key)).exists():
            return application
        if not application.is_open:
            raise Refused(_("Обращение уже закрыто. Запишите новую просьбу."))
        call = Call.objects.create(
            application=application,
            taken_by=user,
            channel=said.channel,
            caller=cleaned(said.caller, NAME_LENGTH),
            text=text,
            key=_key(user, key),
        )
        indexing.said(application, text)
        facts = {"call": call.pk, "channel": said.channel}
        movement.act(application, "call", user, {"has_news": True}, facts)
    return application


def just_entered(user: Any, application_id: int) -> Application:
    """An application to read out again, for who wrote it down within SHOWN, whatever team it went to.

    Raises DoesNotExist for anybody else and after that time.
    """
    rows = Application.objects.filter(entry__entered_by=user, entry__entered_at__gt=timezone.now() - SHOWN)
    application: Application = rows.select_related("team", "form").get(pk=application_id)
    return application


def erase(application: Application) -> dict[str, int]:
    """Empty the names and the words; how many."""
    Entry.objects.filter(application=application).update(caller="", helper="")
    return {"calls": Call.objects.filter(application=application).update(text="", caller="")}


def _the_same(known: Application, definition: Definition, sent: actions.Sent) -> Application:
    """What the key has made already; with other answers it is somebody who went back to the page and wrote on."""
    kept = Journey(whole.eased(definition), sent.answers).kept()
    if known.form_version_id != sent.version_id or known.sheet.answers != kept:
        sentence = _("Обращение с этой страницы уже записано, № %(number)s. Начните новое или дополните его.")
        raise Refused(sentence % {"number": known.public_number})
    return known


def _require(user: Any, channel: str) -> None:
    if not user.has_perm(ENTER):
        raise Refused(_("Ваша роль не позволяет заносить обращения."))
    if channel not in SPOKEN:
        raise Refused(_("Выберите, как человек обратился."))


def _key(user: Any, key: str) -> str:
    return f"call:{hashlib.sha256(f'{user.pk}:{key}'.encode()).hexdigest()}"
