from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplyConfig(AppConfig):
    name = "forms.apply"
    label = "form_apply"
    verbose_name = _("Подача заявки")

    def ready(self) -> None:
        from forms.definitions import drawing

        from . import painter

        drawing.register(painter)
