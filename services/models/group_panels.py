from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

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
    MultiFieldPanel([FieldPanel("registration"), FieldPanel("registration_words")], heading=_("Запись")),
]
