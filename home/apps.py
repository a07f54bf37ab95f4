from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("Сайт")

    def ready(self) -> None:
        from home import receivers

        receivers.connect()
