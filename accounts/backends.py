"""Who is signed in, with all that screens of the admin ask of them: a statement for the person, one for the rights."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import F, IntegerField, Model, Q, QuerySet, TextField, Value
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, GroupSitePermission, Page
from wagtail.permission_policies.collections import CollectionPermissionLookupMixin
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permission_policies.sites import SitePermissionPolicy

from .models import User

OWN = "own"
_SOMEBODY = -1  # nobody has this id
# Wagtail reads each of these by a statement of its own and keeps them on the user: where, and of which place they are.
_PLACES: dict[str, tuple[type[Model], str, type[Model] | None]] = {
    PagePermissionPolicy.permission_cache_name: (GroupPagePermission, "page", Page),
    CollectionPermissionLookupMixin.permission_cache_name: (GroupCollectionPermission, "collection", Collection),
    SitePermissionPolicy.permission_cache_name: (GroupSitePermission, "site", None),
}
Row = tuple[str, str, str, int, int, int, int, int]


class StaffBackend(ModelBackend):
    """Django's, which asks for the profile, for a person's own rights and for those of the groups one after another."""

    def get_user(self, user_id: Any) -> User | None:
        """The user and the profile in which Wagtail keeps how the admin looks."""
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The person's own and those of the groups; those of places are kept on the user, where Wagtail looks."""
        is_nobody = not user_obj.is_active or user_obj.is_anonymous or obj is not None
        if is_nobody or user_obj.is_superuser or hasattr(user_obj, "_perm_cache"):
            return super().get_all_permissions(user_obj, obj)
        rows = _rows(user_obj)
        for place in _PLACES:
            setattr(user_obj, place, [_placed(row) for row in rows if row[0] == place])
        user_obj._perm_cache = {f"{row[1]}.{row[2]}" for row in rows if row[0] == OWN}
        return set(user_obj._perm_cache)


def _rows(user: Any) -> list[Row]:
    """(kind, label or path, codename, id of the right, place, group, permission, its content type)."""
    sql, values = _statement()
    with connection.cursor() as cursor:
        cursor.execute(sql, [user.pk if value == _SOMEBODY else value for value in values])
        return list(cursor.fetchall())


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """The statement with _SOMEBODY for the person: to put it together takes longer than to ask it."""
    groups = Permission.objects.filter(group__user=_SOMEBODY).order_by().values("pk")
    own = Permission.objects.filter(user=_SOMEBODY).order_by().values("pk")
    rights = Permission.objects.filter(Q(pk__in=own) | Q(pk__in=groups))
    none = Value(0, output_field=IntegerField())
    parts = [_columns(rights, OWN, F("content_type__app_label"), F("codename"), none, none, none, none, none)]
    for kind, (model, place, target) in _PLACES.items():
        path = F(f"{place}__path") if target else Value("", output_field=TextField())
        numbers = ("pk", f"{place}_id", "group_id", "permission_id", "permission__content_type_id")
        rows = model._default_manager.filter(group__user=_SOMEBODY)
        parts.append(_columns(rows, kind, path, F("permission__codename"), *map(F, numbers)))
    first, *others = parts
    sql, values = first.union(*others, all=True).query.sql_with_params()
    return str(sql), tuple(values)


def _columns(rows: QuerySet[Any], kind: str, *columns: Any) -> QuerySet[Any, Any]:
    named = {f"c_{number}": column for number, column in enumerate([Value(kind, output_field=TextField()), *columns])}
    return rows.order_by().annotate(**named).values_list(*named)


def _placed(row: Row) -> Model:
    """A right as Wagtail reads it; of its page or collection the path alone, which decides what lies below."""
    kind, path, codename, pk, place, group, permission, content_type = row
    model, name, target = _PLACES[kind]
    right = model(pk=pk, group_id=group, **{f"{name}_id": place})
    right.permission = Permission(pk=permission, codename=codename, content_type_id=content_type)  # type: ignore[attr-defined]
    if target:
        known = {"id": place, "path": path, "depth": len(path) // target.steplen}  # type: ignore[attr-defined]
        setattr(right, name, _partly(target, known))
    right._state.adding = False
    return right


def _partly(model: type[Model], known: dict[str, Any]) -> Model:
    """A row of which only this is known; the rest is read when somebody asks for it."""
    names: Iterable[str] = [each.attname for each in model._meta.concrete_fields if each.attname in known]
    return model.from_db("default", list(names), [known[name] for name in names])
