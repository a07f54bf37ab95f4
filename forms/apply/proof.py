"""Proof of work (ALTCHA), asked only after suspicious behaviour: many wrong codes, many applications from one address.

The browser counts for a second or two by our own script; nothing leaves for another host. Who has no script waits or
telephones, and the page says so. A proof is good for ten minutes and for one request.
"""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

from altcha import v1 as altcha
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from accounts.addresses import client_ip
from forms.applications.tries import source_of

FIELD = "altcha"
# About a second for the browser of an old telephone.
HARDEST = 150_000
GOOD_FOR = timedelta(minutes=10)
COUNTED = timedelta(minutes=15)
LONGEST = 2000


def challenge() -> str:
    """A new one, as JSON for the page."""
    wanted = altcha.ChallengeOptions(max_number=HARDEST, hmac_key=_key(), expires=timezone.now() + GOOD_FOR)
    made = altcha.create_challenge(wanted)
    told = {name: getattr(made, name) for name in ("algorithm", "challenge", "salt", "signature")}
    return json.dumps(told | {"maxnumber": HARDEST})


def accepted(request: HttpRequest) -> bool:
    """Whether the request brings a proof that is right, fresh and was not used before; it is used now."""
    given = str(request.POST.get(FIELD, ""))
    if not given or len(given) > LONGEST or not given.isascii():
        return False
    try:
        payload = json.loads(base64.b64decode(given, validate=True))
    except ValueError:
        return False
    if not _is_ours(payload) or not altcha.verify_solution(payload, _key(), check_expires=True)[0]:
        return False
    # `add` says no to whoever comes second with the same one.
    spent = hashlib.sha256(payload["challenge"].encode()).hexdigest()
    return bool(cache.add(f"apply:proof:{spent}", 1, GOOD_FOR.total_seconds() + 60))


def needed_to_send(request: HttpRequest) -> bool:
    """Whether so many applications came from this address that the next one needs a proof."""
    most: int = settings.PROOF_AFTER_SENT
    return bool(most) and int(cache.get(_counter(request), 0)) >= most


def note_sent(request: HttpRequest) -> None:
    """Count an application that was sent; by a digest of the address, for minutes, and not exactly."""
    if not settings.PROOF_AFTER_SENT:
        return
    name = _counter(request)
    if not cache.add(name, 1, COUNTED.total_seconds()):
        try:
            cache.incr(name)
        except ValueError:
            # It ran out between the two lines.
            cache.set(name, 1, COUNTED.total_seconds())


def _is_ours(payload: object) -> bool:
    kinds = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}
    return isinstance(payload, dict) and all(type(payload.get(name)) is kind for name, kind in kinds.items())


def _counter(request: HttpRequest) -> str:
    return f"apply:sent:{source_of(client_ip(request))}"


def _key() -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"portal.apply.proof", hashlib.sha256).hexdigest()
