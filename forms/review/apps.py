from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "forms.review"
    label = "form_review"
    verbose_name = _("Очередь обращений")
