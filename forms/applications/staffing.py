"""What staff write about an application on its card: their own questions, labels, topic and urgency."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from forms.definitions import fields, versions
from forms.definitions.document import Field

from . import corrections, indexing, labelling, movement, policies, saying
from .models import Application, Label, Labelling, StaffChange, StaffSheet, Urgency
from .movement import Refused, Stale
from .texts import cleaned

REASON_LENGTH = 500
MOST_LABELS = 30
# What is not answered by typing or choosing on a card.
_NOT_HERE = frozenset({"consent", "file", "group", "computed"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a card asks to be written; None leaves a part as it is. `raw` are inputs by the key of the question."""

    raw: Mapping[str, Any] | None = None
    labels: frozenset[int] | None = None
    new_label: str = ""
    topic: int | None = None
    urgency: int | None = None
    reason: str = ""


class Wrong(Refused):
    """Answers that cannot be taken: `errors` by the key of the question."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(_("Проверьте поля, отмеченные ниже."))
        self.errors = errors


@dataclass(slots=True)
class _Act:
    """One line of the journal, with the columns that change by it."""

    action: str
    facts: dict[str, Any]
    columns: dict[str, Any] = field(default_factory=dict)


def answers_of(application: Application) -> dict[str, Any]:
    """The answers of staff as they stand; no query where the form asks staff nothing."""
    if not versions.definition_of(application.form_version_id).staff_fields:
        return {}
    found = StaffSheet.objects.filter(pk=application.pk).values_list("answers", flat=True).first()
    return dict(found or {})


def questions_of(application: Application, answers: Mapping[str, Any]) -> list[Field]:
    """The questions that staff answer about this application, as its answers make them; none of them is required."""
    definition = versions.definition_of(application.form_version_id)
    asked = [each for each in definition.staff_fields if each.is_sent and each.type not in _NOT_HERE]
    if not asked:
        return []
    world, known = corrections.world_of(application), corrections.journey_of(application).kept() | dict(answers)
    shown = (each for each in asked if each.visible(known, world))
    return [fields.get(each.type).settle(replace(each, required=False), known) for each in shown]


def save(application_id: int, user: Any, expected: int, wanted: Wanted) -> Application:
    """Write all that differs, each kind with its line in the journal. Raises Refused, Wrong, Stale, or DoesNotExist."""
    with transaction.atomic():
        rows = Application.objects.visible_to(user).select_related("sheet").select_for_update(of=("self",))
        application: Application = rows.get(pk=application_id)
        allowed = policies.may_label(user, application)
        if not allowed:
            raise Refused(allowed.reason)
        if application.version != expected:
            raise Stale(application)
        acts = [_filled(application, user, wanted), _labelled(application, user, wanted)]
        acts.append(_sorted(application, user, wanted))
        for act in acts:
            if act:
                movement.act(application, act.action, user, act.columns, act.facts)
        if acts[0]:
            indexing.again(application)
    return application


def _filled(application: Application, user: Any, wanted: Wanted) -> _Act | None:
    if wanted.raw is None:
        return None
    before = answers_of(application)
    after, errors = dict(before), {}
    for question in questions_of(application, before):
        try:
            value = fields.get(question.type).clean(question, wanted.raw.get(question.key))
        except ValidationError as error:
            errors[question.key] = error.messages
            continue
        after.pop(question.key, None)
        if not fields.contract.unanswered(value):
            after[question.key] = value
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if not changed and not errors:
        return None
    _require(policies.may_fill(user, application))
    if errors:
        raise Wrong(errors)
    StaffSheet.objects.update_or_create(pk=application.pk, defaults={"answers": after})
    rows = StaffChange.objects.bulk_create(
        StaffChange(application=application, author=user, field_key=key, change=_change(before, after, key))
        for key in changed
    )
    return _Act("filled", {"fields": changed, "changes": [row.pk for row in rows]})


def _change(before: Mapping[str, Any], after: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {side: values[key] for side, values in (("before", before), ("after", after)) if key in values}


def _labelled(application: Application, user: Any, wanted: Wanted) -> _Act | None:
    if wanted.labels is None and not wanted.new_label.strip():
        return None
    now = dict(Labelling.objects.filter(application=application).values_list("label_id", F("label__name")))
    chosen = Label.objects.in_bulk(wanted.labels) if wanted.labels is not None else Label.objects.in_bulk(now)
    if name := wanted.new_label.strip():
        label = _new_label(user, name)
        chosen[label.pk] = label
    if len(chosen) > MOST_LABELS:
        raise Refused(_("Меток слишком много: оставьте до %(most)d.") % {"most": MOST_LABELS})
    added, removed = [chosen[pk] for pk in chosen.keys() - now.keys()], now.keys() - chosen.keys()
    if not added and not removed:
        return None
    labelling.put(application, added)
    Labelling.objects.filter(application=application, label_id__in=removed).delete()
    return _Act("labelled", {"added": sorted(map(str, added)), "removed": sorted(now[pk] for pk in removed)})


def _new_label(user: Any, name: str) -> Label:
    known = Label.objects.filter(name__iexact=" ".join(name.split())).first()
    if known is not None:
        return known
    if not user.has_perm(policies.ASSIGN):
        raise Refused(_("Новую метку заводит руководитель группы. Выберите из тех, что есть."))
    return labelling.named([cleaned(name, labelling.NAME_LENGTH)])[0]


def _sorted(application: Application, user: Any, wanted: Wanted) -> _Act | None:
    columns: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    if wanted.topic is not None and (wanted.topic or None) != application.topic_id:
        topic = Label.objects.filter(pk=wanted.topic).first()
        before = Label.objects.filter(pk=application.topic_id or 0).values_list("name", flat=True).first()
        columns["topic"], facts["topic"] = topic, [before or "", topic.name if topic else ""]
    if wanted.urgency is not None and wanted.urgency != application.urgency:
        if wanted.urgency not in Urgency.values:
            raise Refused(_("Выберите срочность из списка."))
        columns["urgency"], facts["urgency"] = wanted.urgency, [application.urgency, wanted.urgency]
    if not columns:
        return None
    _require(policies.may_fill(user, application))
    reason = cleaned(wanted.reason, REASON_LENGTH)
    if not reason:
        raise Refused(_("Напишите, почему меняете тему или срочность: это останется в журнале."))
    # Beside the journal, which outlives an erasure: people write names into reasons.
    facts["reason"] = saying.to_colleagues(application, user, reason).pk
    return _Act("sorted", facts, columns)


def _require(decision: policies.Decision) -> None:
    if not decision:
        raise Refused(decision.reason)
