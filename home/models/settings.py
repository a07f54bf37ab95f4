from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.frames import forget_frame


@register_setting(icon="cog", order=10)
class SiteSettings(BaseSiteSetting):
    """Who runs the site and the one telephone number: shown in the header and footer of every public page.

    A region pack gives brand_name, region_name, ministry, phone, phone_shown, phone_note, phone_hours, footer_text,
    is_demo_site and number_prefix.
    """

    brand_name = models.CharField(
        _("название портала"),
        max_length=80,
        default=_("Портал поддержки"),
        help_text=_("Стоит в шапке каждой страницы."),
    )
    region_name = models.CharField(
        _("регион"), max_length=80, blank=True, help_text=_("Например: «Иркутская область».")
    )
    ministry = models.CharField(
        _("чей это сайт"),
        max_length=160,
        blank=True,
        help_text=_("Со строчной буквы: «министерство социального развития Иркутской области»."),
    )
    phone = models.CharField(
        _("единый номер"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^\+\d{5,15}$", _("Напишите номер с «+7» и без пробелов: +78006000000."))],
        help_text=_("С «+7» и без пробелов: +78006000000. По нему звонят с телефона одним касанием."),
    )
    phone_shown = models.CharField(
        _("как показывать номер"),
        max_length=24,
        blank=True,
        help_text=_("Так, как его диктуют: «8 800 6 000 000». Если пусто, покажем по общему правилу."),
    )
    phone_note = models.CharField(
        _("подпись под номером"), max_length=60, blank=True, help_text=_("Например: «бесплатно по России».")
    )
    phone_hours = models.CharField(
        _("часы работы номера"),
        max_length=160,
        blank=True,
        help_text=_("С указанием времени: «Ежедневно с 8:00 до 20:00 по времени Иркутска»."),
    )
    phone_is_recorded = models.BooleanField(
        _("разговоры записывают"), default=False, help_text=_("Скажем об этом рядом с номером, до звонка.")
    )
    phone_hours_is_demo = models.BooleanField(
        _("часы и запись вымышлены для демонстрации"), default=False, help_text=_("Рядом появится пометка «демо».")
    )
    footer_text = models.CharField(
        _("о номере в подвале"),
        max_length=200,
        blank=True,
        help_text=_("Например: «Контакт-центр. Звонок бесплатный по России»."),
    )
    gosuslugi_url = models.URLField(
        _("официальное обращение"),
        default="https://www.gosuslugi.ru/",
        help_text=_("Куда ведёт ссылка «официальное обращение через Госуслуги» (59-ФЗ)."),
    )
    number_prefix = models.CharField(
        _("начало номера обращения"),
        max_length=2,
        default="00",
        validators=[RegexValidator(r"^\d{2}$", _("Две цифры: код региона, например 38."))],
        help_text=_("Код региона, две цифры. С них начинается номер каждого обращения."),
    )
    is_demo_site = models.BooleanField(
        _("демонстрационный портал"), default=False, help_text=_("Напишем об этом внизу каждой страницы.")
    )
    urgent_text = models.CharField(
        _("срочное сообщение"),
        max_length=200,
        blank=True,
        help_text=_("Одно предложение. Показываем на каждой странице портала по последний день показа."),
    )
    urgent_link = models.CharField(
        _("адрес подробностей"), max_length=255, blank=True, help_text=_("Например: /centres/ или /news/grafik/.")
    )
    urgent_link_text = models.CharField(_("слова ссылки"), max_length=60, blank=True)
    urgent_until = models.DateField(
        _("показывать по"),
        null=True,
        blank=True,
        help_text=_("Последний день показа. Без даты сообщение не показываем."),
    )
    urgent_is_demo = models.BooleanField(_("сообщение вымышлено для демонстрации"), default=False)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("brand_name"), FieldPanel("region_name"), FieldPanel("ministry")],
                        heading=_("Название"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_shown")]),
                            FieldPanel("phone_note"),
                            FieldPanel("phone_hours"),
                            FieldRowPanel([FieldPanel("phone_is_recorded"), FieldPanel("phone_hours_is_demo")]),
                            FieldPanel("footer_text"),
                        ],
                        heading=_("Единый номер"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("gosuslugi_url"), FieldPanel("number_prefix"), FieldPanel("is_demo_site")],
                        heading=_("Обращения"),
                    ),
                ],
                heading=_("Портал"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("urgent_text"),
                            FieldRowPanel([FieldPanel("urgent_link"), FieldPanel("urgent_link_text")]),
                            FieldPanel("urgent_until"),
                            FieldPanel("urgent_is_demo"),
                        ],
                        heading=_("Срочное сообщение"),
                    )
                ],
                heading=_("Срочное сообщение"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("сведения о портале")
        verbose_name_plural = _("сведения о портале")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.urgent_link and not _is_safe_link(self.urgent_link):
            errors["urgent_link"] = _("Напишите адрес страницы портала с «/» в начале или адрес с https://.")
        if self.urgent_text and not self.urgent_until:
            errors["urgent_until"] = _("Укажите последний день показа: срочное не бывает навсегда.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget_frame()


def _is_safe_link(link: str) -> bool:
    return link.startswith("https://") or (link.startswith("/") and not link.startswith(("//", "/\\")))
