"""One exception for many centres: its form."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from services.models import Centre, SharedHours

LONGEST_DAYS = 92


class CentresField(forms.ModelMultipleChoiceField):
    """Every place that works or will, with its kind, so that two of one name are told apart."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, centre: Any) -> str:
        """«Ангарск, пункт поддержки»."""
        return _("{name}, {kind}").format(name=centre.shown_name, kind=str(centre.get_kind_display()))


class SharedHoursForm(WagtailAdminModelForm):
    """Days, hours, reason; centres one by one or by whole kinds."""

    whole_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Отметить сразу все"),
        choices=Centre.Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Или отметьте нужные ниже по одному."),
    )
    centres = CentresField(Centre.objects.none(), label=gettext_lazy("Центры и пункты"), required=False)

    class Meta:
        model = SharedHours
        fields = ("first_day", "last_day", "opens", "closes", "reason", "duty_phone", "is_demo", "centres")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centres"].queryset = Centre.objects.known().order_by("kind", "title")

    def clean(self) -> dict[str, Any]:
        """Kinds become their centres; at least one is needed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last_day", _("Это дольше трёх месяцев: измените обычную неделю центра."))
        if "centres" not in data:
            return data
        kinds = data.get("whole_kinds") or []
        chosen = {centre.pk for centre in data["centres"]}
        known = self.fields["centres"].queryset
        data["centres"] = known.filter(pk__in=chosen) | known.filter(kind__in=kinds)
        if not data["centres"]:
            self.add_error("centres", _("Отметьте хотя бы один центр или пункт."))
        return data

    def seal(self) -> str:
        """What was previewed, as a digest: whoever changes the form after the preview sees it again."""
        data = self.cleaned_data
        parts = [str(data.get(name)) for name in ("first_day", "last_day", "opens", "closes", "reason", "duty_phone")]
        parts += sorted(str(centre.pk) for centre in data["centres"])
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
