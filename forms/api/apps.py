from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "forms.api"
    label = "form_api"
    verbose_name = _("Программный интерфейс")
