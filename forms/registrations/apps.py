from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "forms.registrations"
    label = "form_registrations"
    verbose_name = _("Запись на встречи")

    def ready(self) -> None:
        # Only here are the models of this room and of those below ready to be imported.
        from forms.applications import companions
        from forms.definitions.fields import meeting
        from forms.registrations import offering, seating
        from services import meetings

        companions.register(seating.Companion())
        meeting.register(offering.Offered())
        meetings.register(offering.Offered())
