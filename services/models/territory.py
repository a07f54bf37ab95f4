from django.db import models
from django.utils.translation import gettext_lazy as _


class Territory(models.Model):
    """A municipality or a district of a city; `code` is what forms and routing store, for ever."""

    class Kind(models.TextChoices):
        REGION = "region", _("регион")
        URBAN = "urban", _("городской округ")
        DISTRICT = "district", _("район")
        CITY_DISTRICT = "city_district", _("район города")

    code = models.SlugField(_("код"), max_length=60, unique=True)
    name = models.CharField(_("название"), max_length=120)
    kind = models.CharField(_("вид"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", verbose_name=_("входит в"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    class Meta:
        verbose_name = _("муниципалитет")
        verbose_name_plural = _("муниципалитеты")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
