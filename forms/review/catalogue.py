"""The names that the queue's screen needs, all by one statement: what can be filtered by, saved views, columns."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.models import User
from forms.applications import office
from forms.applications.models import Label, Question, Team
from forms.applications.querysets import VIEW_ALL
from forms.definitions import versions
from forms.definitions.models import Form, FormVersion
from home import settings

from . import names
from .models import ColumnChoice, SavedView

Option = tuple[int, str, str]
MOST = 500


@dataclass(slots=True)
class Catalogue:
    """(id, name, more) by kind: team, form, person, label, version, question, view, shared, columns, entry."""

    kinds: dict[str, list[Option]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Option]:
        """All of a kind, by name."""
        return self.kinds.get(kind, [])

    def names(self, kind: str) -> dict[int, str]:
        """Name by id."""
        return {pk: name for pk, name, _more in self.of(kind)}

    @property
    def last_entry(self) -> office.Last:
        """Place and digest of the newest entry of the office's journal, where it was read because of a search."""
        return next(((seq, digest) for seq, digest, _more in self.of("entry")), office.BEGINNING)

    def columns(self, form_id: int | None) -> list[str] | None:
        """The names of the columns this user chose for this form, else for all; None when there is no choice."""
        chosen = {pk: more for pk, _name, more in self.of("columns")}
        text = chosen.get(form_id or 0, chosen.get(0))
        names = json.loads(text) if text else None
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else None


def read(user: Any, form_id: int | None, *, searching: bool = False) -> Catalogue:
    """Everything this user may know of; `form_id` is the one form that the list is narrowed to; `searching`: with the
    newest entry of the office's journal, behind which the search will be written down."""
    teams = Team.objects.all() if user.has_perm(VIEW_ALL) else Team.objects.filter(members=user)
    mine = teams.order_by().values("pk")
    people = User.objects.filter(is_active=True, pk__in=User.objects.filter(teams__in=mine).values("pk"))
    parts = [
        _part("team", teams, "name"),
        _part("form", Form.objects.all(), "title"),
        _part("label", Label.objects.all(), "name"),
        _part("person", people, names.written()),
        _part("view", SavedView.objects.filter(owner=user, team__isnull=True), "name", "query"),
        _part("shared", SavedView.objects.filter(team__in=mine), "name", "query"),
        _part("columns", ColumnChoice.objects.filter(owner=user), "owner__username", "names", F("form_id")),
    ]
    if form_id:
        parts.append(_part("version", FormVersion.objects.filter(form=form_id), Cast("number", TextField())))
        parts.append(_part("question", Question.objects.filter(form=form_id), "key"))
        if not versions.has_met(form_id):
            newest = FormVersion.objects.filter(form=form_id).order_by("-number").values("pk")[:1]
            parts.append(_part("document", FormVersion.objects.filter(pk__in=newest), versions.whole()))
    if searching:
        parts.append(_part("entry", office.newest(), "digest", pk=F("seq")))
    brand = settings.known_brand()
    if brand is None:
        parts.append(_part("brand", settings.named_sites(), "brand_name"))
    found = Catalogue()
    first, *others = parts
    for kind, pk, name, more in first.union(*others, all=True):
        found.kinds.setdefault(kind, []).append((pk or 0, names.short(name) if kind == "person" else name, more))
    for kind, options in found.kinds.items():
        options.sort(key=(lambda each: -each[0]) if kind == "version" else (lambda each: each[1].lower()))
    if brand is None:
        settings.learn_brand(next((name for _pk, name, _more in found.of("brand")), None))
    for pk, document, _more in found.of("document"):
        versions.learn(pk, document, form_id)
    return found


def _part(kind: str, rows: QuerySet[Any], name: Any, more: Any = None, pk: Any = None) -> QuerySet[Any]:
    model: type[Model] = rows.model
    columns = {
        "c_kind": Value(kind, output_field=CharField()),
        "c_pk": pk or F(model._meta.pk.attname),
        "c_name": Cast(name, TextField()),
        "c_more": Cast(more, TextField()) if more else Value("", output_field=TextField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
