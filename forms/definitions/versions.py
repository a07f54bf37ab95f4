"""Published versions: the only writer, and reading them compiled once a process."""

import datetime
import json
from collections import OrderedDict
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from threading import Lock
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from accounts.models import User

from .document import Consent, Definition
from .models import Form, FormVersion

KEPT = 200
DIGEST = 64
"""Letters of a digest."""
_compiled: OrderedDict[int, tuple[str, Definition]] = OrderedDict()
_lock = Lock()
_newest: dict[str, tuple[Any, FormVersion]] = {}
_met: dict[int, int] = {}
_VERSION, _FORM = FormVersion._meta, Form._meta
_NEWEST = (
    f"SELECT {', '.join(f'v.{field.column}' for field in _VERSION.concrete_fields if field.name != 'document')}, f.* "  # noqa: S608
    f"FROM {_VERSION.db_table} v JOIN {_FORM.db_table} f ON f.id = v.form_id "
    "WHERE f.slug = %s ORDER BY v.number DESC LIMIT 1"
)


def publish(form: Form, definition: Definition, user: User | None = None) -> FormVersion:
    """Write the next version of a form, or return the last one when nothing changed.

    The number of the consent is decided here: it grows when the words of the consent change.
    """
    with transaction.atomic():
        Form.objects.select_for_update().get(pk=form.pk)
        last = FormVersion.objects.filter(form_id=form.pk).order_by("-number").first()
        definition = definition.with_consent(_next_consent(definition.consent, last))
        digest = definition.digest()
        if last is not None and last.digest == digest:
            return last
        version = FormVersion(
            form=form,
            number=last.number + 1 if last else 1,
            document=definition.to_json(),
            digest=digest,
            published_by=user,
        )
        version.save()
        _drop(version.pk)
    return version


def _next_consent(consent: Consent, last: FormVersion | None) -> Consent:
    before = Consent(**last.document["consent"]) if last else Consent(version=0)
    if last and (consent.text, consent.summary) == (before.text, before.summary):
        return replace(consent, version=before.version, dated=consent.dated or before.dated)
    dated = consent.dated
    if not dated or dated == before.dated:
        dated = datetime.date.isoformat(timezone.localdate())
    return replace(consent, version=before.version + 1, dated=dated)


def current(slug: str) -> tuple[FormVersion, Definition] | None:
    """The newest version of a form and its compiled definition; one query, None when nothing was published."""
    version = latest(slug)
    return (version, compiled(version)) if version else None


def latest(slug: str) -> FormVersion | None:
    """The newest version with its form, without the document; one query.

    Every request of a journey asks this. The objects are made anew only when the rows have changed, which is twenty
    times cheaper and no less true.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [slug])
        rows = cursor.fetchone()
    if rows is None:
        return None
    known = _newest.get(slug)
    if known is None or known[0] != rows:
        versions = FormVersion.objects.without_document().filter(form__slug=slug).select_related("form")
        version = versions.order_by("-number").first()
        if version is None:
            return None
        known = _newest[slug] = (rows, version)
    version = _twin(known[1])
    version.form = _twin(version.form)
    return version


def _twin(row: Any) -> Any:
    """A copy that may be changed. As `copy.copy` makes it, without asking how rows are pickled."""
    made = object.__new__(type(row))
    made.__dict__ = row.__dict__ | {"_state": copy(row._state)}
    made._state.fields_cache = row._state.fields_cache.copy()
    return made


def compiled(version: FormVersion) -> Definition:
    """The definition of a version; reads the document only when this process does not know it yet."""
    kept = _kept(version.pk)
    # The digest is compared because SQLite gives an id again after a rollback.
    if kept and kept[0] == version.digest:
        return kept[1]
    return _keep(version)


def definition_of(version_id: int) -> Definition:
    """The definition of a version by id; FormVersion.DoesNotExist when there is none. No query when warm."""
    kept = _kept(version_id)
    return kept[1] if kept else _keep(FormVersion.objects.get(pk=version_id))


def unknown(version_ids: Iterable[int]) -> list[int]:
    """Those that this process has not compiled, for who reads many rows: `learn` takes their documents."""
    return [pk for pk in dict.fromkeys(version_ids) if _kept(pk) is None]


def has_met(form_id: int) -> bool:
    """Whether this process has compiled the version of this form that was the newest when it last looked."""
    return _kept(_met.get(form_id, 0)) is not None


def learn(version_id: int, digest_and_document: str, form_id: int | None = None) -> None:
    """Compile a version that the caller read beside other rows, as one text (`whole`); `form_id`: it is the newest."""
    digest, document = digest_and_document[:DIGEST], json.loads(digest_and_document[DIGEST:])
    _keep(FormVersion(pk=version_id, digest=digest, document=document))
    if form_id:
        _met[form_id] = version_id


def whole() -> Concat:
    """A version as one text, for statements that read other things too; `learn` takes it."""
    return Concat("digest", Cast("document", TextField()), output_field=TextField())


def forget() -> None:
    """Drop every compiled definition of this process."""
    with _lock:
        _compiled.clear()


def _drop(version_id: int) -> None:
    with _lock:
        _compiled.pop(version_id, None)


def _kept(version_id: int) -> tuple[str, Definition] | None:
    with _lock:
        if version_id in _compiled:
            _compiled.move_to_end(version_id)
        return _compiled.get(version_id)


def _keep(version: FormVersion) -> Definition:
    definition = Definition.from_json(version.document)
    with _lock:
        _compiled[version.pk] = (version.digest, definition)
        while len(_compiled) > KEPT:
            _compiled.popitem(last=False)
    return definition
