from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuildConfig(AppConfig):
    name = "forms.build"
    label = "form_build"
    verbose_name = _("Формы")
