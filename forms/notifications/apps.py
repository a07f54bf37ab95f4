from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "forms.notifications"
    label = "form_notifications"
    verbose_name = _("Уведомления")
