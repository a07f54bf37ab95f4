from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

CONTENT = [
    MultiFieldPanel(
        [
            FieldPanel("audience"),
            FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
            FieldPanel("leader"),
            FieldPanel("price"),
        ],
        heading=_("Для кого"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("recurrence"), FieldPanel("weekday")]),
            FieldRowPanel([FieldPanel("every_weeks"), FieldPanel("nth")]),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("minutes"), FieldPanel("time_zone")]),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldRowPanel([FieldPanel("skips_holidays"), FieldPanel("time_is_demo")]),
            InlinePanel("exceptions", label=_("отмена или перенос"), heading=_("Отмены и переносы")),
        ],
        heading=_("Когда"),
    ),
    MultiFieldPanel([FieldPanel("format"), FieldPanel("venue"), FieldPanel("place")], heading=_("Где")),
    MultiFieldPanel(
        [
            FieldPanel("registration"),
            PageChooserPanel("registration_page", page_type="form_build.FormPage"),
            FieldRowPanel([FieldPanel("seats"), FieldPanel("waiting_seats"), FieldPanel("slot_minutes")]),
            FieldPanel("several"),
            FieldRowPanel([FieldPanel("cancel_hours"), FieldPanel("offer_hours")]),
            FieldPanel("registration_words"),
        ],
        heading=_("Запись"),
    ),
]
