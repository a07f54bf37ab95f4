from django.apps import AppConfig
from django.apps import apps as live_apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from accounts import roles


def keep_roles(using: str = "default", **_kwargs: object) -> None:
    """After every migrate the groups hold what `accounts.roles` says; skipped while not all tables exist."""
    if "wagtailcore_grouppagepermission" in connections[using].introspection.table_names():
        roles.sync(live_apps)


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Портал")

    def ready(self) -> None:
        from portal import receivers

        receivers.connect()
        # Permissions belong to rooms of many floors and exist only after all have migrated. Django sends the signal for
        # apps with models only, so not for this one.
        post_migrate.connect(keep_roles, sender=live_apps.get_app_config("auth"), dispatch_uid="portal.keep_roles")
