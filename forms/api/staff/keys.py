"""«Ключи для программ»: which there are, a new one, one taken back. For administrators."""

import secrets
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.access_keys import MANAGE
from accounts.models import AccessKey
from forms.applications.movement import Refused
from forms.review.person_field import PersonField

from . import keeping
from .authentication import why_shut

MOST = 200
HOUR = 3600


class KeyForm(forms.Form):
    """For what, in whose name, until when. `once` makes a page that is sent again give no second key."""

    purpose = forms.CharField(
        label=gettext_lazy("Для чего"),
        help_text=gettext_lazy("Какая программа и кто за неё отвечает, например «Колл-центр, Орлова В.»."),
        max_length=120,
        error_messages={"required": gettext_lazy("Напишите, какой программе нужен ключ.")},
    )
    user = PersonField(
        queryset=None,
        label=gettext_lazy("От чьего имени"),
        help_text=gettext_lazy("Программа сможет ровно то же. Лучше завести для неё отдельного сотрудника."),
        empty_label=gettext_lazy("Выберите"),
        error_messages={"required": gettext_lazy("Выберите, от чьего имени работает программа.")},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Последний день"),
        help_text=gettext_lazy("Не дольше года. После этого дня ключ не открывает ничего."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Укажите день."),
            "invalid": gettext_lazy("Укажите день, например 30.11.2026."),
        },
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["user"].queryset = keeping.people()  # type: ignore[attr-defined]
        limits = {"min": today.isoformat(), "max": keeping.last_day(today).isoformat()}
        self.fields["ends_on"].widget.attrs.update(limits)
        self.fields["once"].initial = secrets.token_hex(16)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_help"


@dataclass(frozen=True, slots=True)
class Row:
    """One key; `why` it opens nothing any more, `near`: its end is."""

    key: AccessKey
    why: str
    near: bool


class KeysAccess(WagtailAdminTemplateMixin, View):
    """Refused before anything is read, and kept by no browser."""

    page_title = gettext_lazy("Ключи для программ")
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For administrators."""
        if not request.user.has_perm(MANAGE):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list, and what stands under it."""
        return [{"url": "", "label": self.get_page_title()}]


class KeysView(KeysAccess):
    """The list and the form in one; the answer to the form shows the new key, once."""

    template_name = "api/keys.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """All keys, those that open first."""
        return self._draw(KeyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make a key. No redirect: its text would have to be kept somewhere."""
        form = KeyForm(request.POST)
        if not form.is_valid():
            return self._draw(form, 422)
        given = form.cleaned_data
        if given["once"] and not cache.add(f"key:{request.user.pk}:{given['once']}", 1, HOUR):
            notices.warning(request, _("Этот ключ уже выдан. Если он не записан, отзовите его и выдайте новый."))
            return redirect("form_api:keys")
        try:
            key, text = keeping.issue(request.user, given["user"], given["purpose"], given["ends_on"])
        except Refused as refused:
            form.add_error("ends_on", str(refused.sentence))
            return self._draw(form, 422)
        return self._draw(KeyForm(), made=key, text=text)

    def _draw(self, form: KeyForm, status: int = 200, **extra: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **extra), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One query for the keys, and those of the form."""
        near = keeping.soon(timezone.localdate())
        rows = [
            Row(key, why_shut(key), key.ends_on <= near)
            for key in AccessKey.objects.select_related("user", "made_by").order_by("-pk")[:MOST]
        ]
        rows.sort(key=lambda row: bool(row.why))
        return super().get_context_data(**kwargs) | {"rows": rows}


class RevokeView(KeysAccess):
    """One page that asks, and the answer to it."""

    template_name = "api/key_revoke.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What will stop working."""
        self.key = self._one(pk)
        return self.render_to_response(self.get_context_data(key=self.key, why=why_shut(self.key)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close it at once."""
        key = self._one(pk)
        if keeping.revoke(request.user, key):
            notices.success(request, _("Ключ «%s» отозван: программа больше ничего не откроет.") % key.purpose)
        else:
            notices.warning(request, _("Ключ «%s» отозвали раньше.") % key.purpose)
        return redirect("form_api:keys")

    def _one(self, pk: int) -> AccessKey:
        return get_object_or_404(AccessKey.objects.select_related("user"), pk=pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the list."""
        return [{"url": reverse("form_api:keys"), "label": self.get_page_title()}, {"url": "", "label": _("Отозвать")}]
