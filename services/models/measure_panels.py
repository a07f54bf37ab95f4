from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

CONTENT = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("level"), FieldPanel("category")]),
            FieldPanel("amount"),
            FieldPanel("how_often"),
        ],
        heading=_("Что человек получит"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("recipients", widget=CheckboxSelectMultiple),
            FieldPanel("recipients_note"),
            FieldPanel("situations", widget=CheckboxSelectMultiple),
            FieldPanel("conditions"),
            FieldPanel("not_entitled"),
        ],
        heading=_("Кому и когда"),
    ),
    MultiFieldPanel([FieldPanel("bring"), FieldPanel("we_request")], heading=_("Документы")),
    MultiFieldPanel(
        [FieldPanel("steps"), FieldPanel("where_to_apply"), FieldPanel("term"), FieldPanel("apply_until")],
        heading=_("Как получить"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("legal_basis"), FieldPanel("legal_url")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldPanel("responsible"),
            FieldPanel("helped_by"),
            PageChooserPanel("form_page", page_type="form_build.FormPage"),
            FieldPanel("territories", widget=CheckboxSelectMultiple),
        ],
        heading=_("Основание и сроки"),
    ),
]
CHECKED = [
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("next_check"), FieldPanel("check_months")])], heading=_("Следующая проверка")
    )
]
