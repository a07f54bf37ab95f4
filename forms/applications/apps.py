from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "forms.applications"
    label = "form_applications"
    verbose_name = _("Обращения")
