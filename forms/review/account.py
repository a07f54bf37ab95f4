"""The part of a person's own account that is about work: which letters come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from forms.applications.models import StaffLetters
from forms.applications.policies import WORK


class StaffLettersForm(forms.ModelForm):
    """A tick for each letter that can be switched off."""

    class Meta:
        model = StaffLetters
        fields = ("digest", "mentions")


class StaffLettersPanel(BaseSettingsPanel):
    """«Письма о работе», for who works on applications."""

    name = "staff_letters"
    title = _("Письма о работе")
    tab = notifications_tab
    order = 50
    form_class = StaffLettersForm

    def is_active(self) -> bool:
        """Others get no such letters."""
        return bool(self.user.has_perm(WORK))

    def get_form(self) -> Any:
        """The row of this person, made when it is first saved."""
        row = StaffLetters.objects.filter(person=self.user).first() or StaffLetters(person=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return StaffLettersForm(data, instance=row, prefix=self.name)
