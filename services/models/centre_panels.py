from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

CONTENT = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("kind_words")]),
            FieldRowPanel([FieldPanel("short_name"), FieldPanel("also_called")]),
            FieldRowPanel([FieldPanel("state"), FieldPanel("works_since"), FieldPanel("works_until")]),
            FieldRowPanel([FieldPanel("parent_centre"), FieldPanel("predecessor")]),
        ],
        heading=_("Что это"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("territory"),
            FieldPanel("address"),
            FieldPanel("floor"),
            FieldPanel("directions"),
            FieldPanel("access"),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        ],
        heading=_("Адрес"),
    ),
    MultiFieldPanel([InlinePanel("phones", label=_("телефон"))], heading=_("Телефоны")),
    MultiFieldPanel(
        [
            InlinePanel("hours", label=_("день недели"), heading=_("Обычная неделя")),
            InlinePanel("exceptions", label=_("особый график"), heading=_("Особый график")),
            FieldRowPanel([FieldPanel("works_on_holidays"), FieldPanel("time_zone")]),
            FieldPanel("hours_note"),
        ],
        heading=_("Часы работы"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("offers"),
            FieldRowPanel([FieldPanel("in_person"), FieldPanel("by_video"), FieldPanel("by_phone")]),
        ],
        heading=_("Чем помогают"),
    ),
    MultiFieldPanel([FieldPanel("serves", widget=CheckboxSelectMultiple)], heading=_("Кого обслуживает")),
]
CHECKED = [MultiFieldPanel([FieldPanel("checked_by")], heading=_("Кто проверил"))]
