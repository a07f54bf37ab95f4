"""Who may do what: the one list of roles, and the functions that bring the database in line with it.

A role names permissions as strings ("app_label.codename") because they belong to rooms above this one. `sync` is called
by the roles migration and after every `migrate`; `grant_page_rights` also after pages have been loaded or created.
"""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps as live_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

SECTIONS = "sections"
FORMS = "form_build.formindexpage"
_WRITE = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
_FILES = (
    *(f"wagtailimages.{action}_image" for action in ("add", "change", "choose")),
    *(f"wagtaildocs.{action}_document" for action in ("add", "change", "choose")),
)


@dataclass(frozen=True)
class Role:
    """A role: its key in code, the group's name, permissions, rights on pages by place and on all files.

    `pages` maps a place (`SECTIONS`: everything right under the home page but the forms; otherwise a page model
    "app_label.model") to page permissions, which Wagtail hands down to the pages below.
    `snippets` are models whose records the role may add, change and delete.
    """

    key: str
    group: str
    permissions: tuple[str, ...] = ()
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    snippets: tuple[str, ...] = ()
    demo_users: tuple[str, ...] = ()

    def all_permissions(self) -> tuple[str, ...]:
        """Every "app_label.codename" of the role, those of its snippets included."""
        rights = list(self.permissions)
        for label in self.snippets:
            app_label, model = label.split(".")
            rights += [f"{app_label}.{action}_{model}" for action in ("view", "add", "change", "delete")]
        return ("wagtailadmin.access_admin", *rights)


_QUEUE = ("form_applications.view_queue",)
_WORK = (*_QUEUE, "form_applications.work_application", "form_applications.enter_application")
_EXPORT = "form_review.export_applications"

ROLES: tuple[Role, ...] = (
    Role(
        key="press",
        group="Редактор сайта",
        permissions=(
            "home.change_homepage",
            "home.change_sitesettings",
            "home.view_missedsearch",
            "home.delete_missedsearch",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
        ),
        pages={SECTIONS: _WRITE},
        files=_FILES,
        snippets=(
            "home.synonym",
            "services.territory",
            "services.calendarexception",
            "services.sharedhours",
            "services.situation",
            "services.recipient",
        ),
        demo_users=("press",),
    ),
    Role(
        key="formeditor",
        group="Редактор форм",
        permissions=("form_build.view_formpage", "form_build.add_formpage", "form_build.change_formpage"),
        pages={FORMS: _WRITE},
        snippets=("form_build.sharedblock",),
        demo_users=("formeditor",),
    ),
    Role(
        key="operator",
        group="Оператор",
        permissions=(*_QUEUE, "form_applications.enter_application"),
        demo_users=("operator",),
    ),
    Role(key="reviewer", group="Специалист", permissions=_WORK, demo_users=("reviewer", "reviewer2")),
    Role(
        key="lead",
        group="Руководитель группы",
        snippets=("form_applications.tallykind", "form_applications.answertemplate"),
        permissions=(*_WORK, "form_applications.assign_application", _EXPORT),
        demo_users=("lead",),
    ),
    Role(
        key="manager",
        group="Управляющий",
        permissions=(
            *_QUEUE,
            "form_applications.view_all_applications",
            "form_applications.view_reports",
            "form_applications.view_journal",
            _EXPORT,
        ),
        demo_users=("manager",),
    ),
    # Holds no permission of its own: its people are superusers, and the group only names them.
    Role(key="admin", group="Администратор", demo_users=("admin",)),
)


def role(key: str) -> Role:
    """The role of this key; KeyError where there is none."""
    for candidate in ROLES:
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def group_of(key: str) -> Any:
    """The group of a role, as a database row."""
    return live_apps.get_model("auth", "Group").objects.get(name=role(key).group)


def add_to_role(user: Any, key: str) -> None:
    """Give a user this role (and the superuser flag for the administrator); other roles stay."""
    user.groups.add(group_of(key))
    if key == "admin" and not user.is_superuser:
        user.is_superuser = user.is_staff = True
        user.save(update_fields=["is_superuser", "is_staff"])


def sync(apps: Apps) -> None:
    """Make the groups hold exactly what the list says; safe to repeat. `apps`: the live or a migration's registry.

    A permission whose model does not exist (yet) in `apps` is left out, and comes with the sync after the next migrate.
    """
    _ensure_permissions(apps)
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        f"{label}.{codename}": pk
        for pk, label, codename in permission_model.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for each in ROLES:
        group, _created = group_model.objects.get_or_create(name=each.group)
        wanted = {known[name] for name in each.all_permissions() if name in known}
        if wanted != set(group.permissions.values_list("pk", flat=True)):
            group.permissions.set(wanted)
        _grant_files(apps, group, {known[name] for name in each.files if name in known})
    grant_page_rights(apps)


def grant_page_rights(apps: Apps | None = None) -> None:
    """Give the roles their rights on the pages that exist now; call it after loading pages or creating a section.

    Wagtail's page rights are inherited and cannot be taken away further down: a right on the home page would reach the
    forms. So the right stands on each section, and the home page itself is opened by `accounts.pages.OwnRight`.
    """
    apps = apps or live_apps
    grants = apps.get_model("wagtailcore", "GroupPagePermission")
    groups = dict(apps.get_model("auth", "Group").objects.values_list("name", "pk"))
    permissions = dict(
        apps.get_model("auth", "Permission")
        .objects.filter(content_type__app_label="wagtailcore", content_type__model="page")
        .values_list("codename", "pk")
    )
    for each in ROLES:
        for place, codenames in each.pages.items():
            for page_id in _pages_at(apps, place):
                for codename in codenames:
                    if each.group in groups and codename in permissions:
                        grants.objects.get_or_create(
                            group_id=groups[each.group], page_id=page_id, permission_id=permissions[codename]
                        )


def _pages_at(apps: Apps, place: str) -> list[int]:
    pages = apps.get_model("wagtailcore", "Page").objects
    app_label, model = FORMS.split(".") if place == SECTIONS else place.split(".")
    of_model = {"content_type__app_label": app_label, "content_type__model": model}
    found = pages.filter(depth=3).exclude(**of_model) if place == SECTIONS else pages.filter(**of_model)
    return list(found.values_list("pk", flat=True))


def _grant_files(apps: Apps, group: Any, permission_ids: set[int]) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.order_by("depth").first()
    if root is None:
        return
    grants = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for permission_id in permission_ids:
        grants.get_or_create(group_id=group.pk, collection_id=root.pk, permission_id=permission_id)


def _ensure_permissions(apps: Apps) -> None:
    """Create the permission rows that Django otherwise makes only after the whole migrate command."""
    labels = {name.split(".")[0] for each in ROLES for name in (*each.all_permissions(), *each.files)} | {"wagtailcore"}
    for label in sorted(labels):
        try:
            config: Any = apps.get_app_config(label)
        except LookupError:
            continue
        had = getattr(config, "models_module", None)
        config.models_module = True  # a migration's registry has none, and create_permissions would do nothing
        create_permissions(config, verbosity=0, apps=apps)
        config.models_module = had
