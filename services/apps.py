from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    label = "services"
    verbose_name = _("Центры и помощь")

    def ready(self) -> None:
        # Only here are the models of this room ready to be imported.
        from services import news, receivers, sections

        sections.register()
        news.register()
        receivers.connect()
