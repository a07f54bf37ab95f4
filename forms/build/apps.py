from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuildConfig(AppConfig):
    name = "forms.build"
    label = "form_build"
    verbose_name = _("Формы")

    def ready(self) -> None:
        # Only here are the models of this room and of those below ready to be imported.
        from forms.build import telling
        from services.models import asking

        asking.register(telling.stop)
