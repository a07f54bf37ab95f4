"""«Отсутствия»: who is away when, who stands in, and what they left open. Each for oneself, the lead for the team."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import absences, sharing
from forms.applications.models import Absence, Application
from forms.applications.movement import Refused
from forms.applications.policies import ASSIGN, WORK

from .access import QueueAccess
from .filters import AWAY
from .person_field import AnybodyField, PersonField


class AbsenceForm(forms.ModelForm):
    """Whose, which days, who stands in. `people`: whose absences the user may write down."""

    person = AnybodyField(queryset=None, label=gettext_lazy("Кто отсутствует"))
    substitute = PersonField(queryset=None, label=gettext_lazy("Кто замещает"), required=False)

    class Meta:
        model = Absence
        fields = ("person", "starts_on", "ends_on", "substitute")
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts_on", "ends_on")
        }
        error_messages = {
            name: {
                "required": gettext_lazy("Укажите день."),
                "invalid": gettext_lazy("Укажите день, например 30.11.2026."),
            }
            for name in ("starts_on", "ends_on")
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = ("last_name", "first_name", "username")
        people: Any = absences.people_of(user)
        self.fields["person"].queryset = people.order_by(*order)  # type: ignore[attr-defined]
        self.fields["person"].initial = user.pk
        self.fields["person"].empty_label = None  # type: ignore[attr-defined]
        self.fields["substitute"].queryset = absences.colleagues().order_by(*order)  # type: ignore[attr-defined]
        self.fields["substitute"].empty_label = _("никто")  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The rules are those of `absences.save`, which says them in the words of this screen."""
        self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields)


@dataclass(frozen=True, slots=True)
class Row:
    """One absence with what the person leads meanwhile."""

    absence: Absence
    is_now: bool
    open_count: int
    queue_url: str


class AbsencesView(QueueAccess, WagtailAdminTemplateMixin, View):
    """The list and the form in one; `pk` opens an absence in the form."""

    page_title = _("Отсутствия")
    header_icon = "calendar"
    template_name = "review/absences.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who works on applications or assigns them."""
        if not (request.user.has_perm(WORK) or request.user.has_perm(ASSIGN)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The list, with an empty form or with one absence in it."""
        return self._draw(AbsenceForm(user=request.user, instance=self._one(pk)), pk)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Write it down; a refusal keeps what was typed."""
        absence = self._one(pk)
        if absence is not None and "remove" in request.POST:
            absences.remove(absence, request.user)
            notices.success(request, _("Отсутствие удалено."))
            return redirect("form_review:absences")
        form = AbsenceForm(request.POST, user=request.user, instance=absence)
        if not form.is_valid():
            return self._draw(form, pk)
        try:
            absences.save(form.instance, request.user)
        except Refused as refused:
            return self._draw(form, pk, refusal=refused.sentence)
        notices.success(request, _("Записано. Новые обращения в эти дни достанутся другим."))
        return redirect("form_review:absences")

    def _one(self, pk: int | None) -> Absence | None:
        if pk is None:
            return None
        found = absences.editable_by(self.request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _draw(self, form: AbsenceForm, pk: int | None, **extra: Any) -> HttpResponse:
        status = 200 if self.request.method == "GET" else 422
        return self.render_to_response(self.get_context_data(form=form, editing=pk, **extra), status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the queue."""
        return [
            {"url": reverse("form_review:queue"), "label": _("Очередь")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Absences from today on, with what their people lead: three queries however many they are."""
        rows = self._rows()
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "left": sum(row.open_count for row in rows if row.is_now),
            "left_url": f"{reverse('form_review:queue')}?folder=open&assignee={AWAY}",
            "assigns": self.request.user.has_perm(ASSIGN),
        }

    def _rows(self) -> list[Row]:
        today = timezone.localdate()
        coming = absences.editable_by(self.request.user).filter(ends_on__gte=today)
        found = list(coming.select_related("person", "substitute").order_by("starts_on", "person__last_name", "pk"))
        visible = Application.objects.visible_to(self.request.user, counting=True)
        loads = sharing.loads_of({each.person_id for each in found}, visible)
        queue = reverse("form_review:queue")
        return [
            Row(
                absence=each,
                is_now=each.starts_on <= today,
                open_count=loads[each.person_id].count if each.person_id in loads else 0,
                queue_url=f"{queue}?folder=open&assignee={each.person_id}",
            )
            for each in found
        ]
