from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from services import remembered


class Territory(models.Model):
    """A municipality or a district of a city; `code` is what forms and routing store, for ever."""

    class Kind(models.TextChoices):
        REGION = "region", _("регион")
        URBAN = "urban", _("городской округ")
        MUNICIPAL = "municipal", _("муниципальный округ")
        DISTRICT = "district", _("район")
        CITY_DISTRICT = "city_district", _("район города")

    code = models.SlugField(
        _("код"),
        max_length=60,
        unique=True,
        help_text=_("Латинскими буквами. Код хранят заявки и ссылки: после первой заявки его не меняют."),
    )
    name = models.CharField(
        _("название"), max_length=120, help_text=_("Как его узнают жители: «Ангарский округ», «Аларский район».")
    )
    also_called = models.CharField(
        _("что здесь ещё"),
        max_length=300,
        blank=True,
        help_text=_("Города и сёла через запятую: «Ангарск, Мегет». Кто назовёт их, найдёт свой центр."),
    )
    kind = models.CharField(
        _("вид"), max_length=20, choices=Kind, default=Kind.DISTRICT, help_text=_("Меняется, когда район стал округом.")
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("входит в"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_("Для района города — сам город."),
    )
    is_active = models.BooleanField(
        _("действует"),
        default=True,
        help_text=_("Снимите отметку, если муниципалитет упразднён: старые заявки сохранят его название."),
    )

    class Meta:
        verbose_name = _("муниципалитет")
        verbose_name_plural = _("муниципалитеты")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        self._forget()
        return gone

    @staticmethod
    def _forget() -> None:
        # Centres and measures are remembered with the codes of their municipalities.
        for name in (remembered.TERRITORIES, remembered.CENTRES, remembered.NETWORK, remembered.MEASURE_FACTS):
            remembered.forget(name)
