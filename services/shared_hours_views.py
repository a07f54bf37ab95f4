"""The press officer's screen of shared special hours: nothing is saved before its effect was seen."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, EditView

from services.centre_words import days_words
from services.shared_hours import SharedHoursForm
from services.shared_hours_effect import effects, told

edit_handler = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
                FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
                FieldPanel("reason"),
                FieldRowPanel([FieldPanel("duty_phone"), FieldPanel("is_demo")]),
            ],
            heading=_("Когда и почему"),
            help_text=_("Сначала покажем, что изменится в каждом месте, потом сохраним."),
        ),
        MultiFieldPanel([FieldPanel("whole_kinds"), FieldPanel("centres")], heading=_("Где")),
    ],
    base_form_class=SharedHoursForm,
)


class _Previewed:
    """Saves only what was previewed: the seal of the preview must be the one of the answers."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The preview first; saving when nothing changed since."""
        view: Any = self
        if view.request.POST.get("seal") == form.seal():
            saved: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            return saved
        view.form = form
        shown = effects(form.instance, form.cleaned_data["centres"])
        days = days_words(form.instance.first_day, form.instance.last_day)
        idle, kept = sum(each.is_idle for each in shown), sum(bool(each.kept) for each in shown)
        context = view.get_context_data(
            form=form,
            effects=shown,
            seal=form.seal(),
            days=days,
            idle=idle,
            partly=kept - idle,
            impact=told(form.instance, form.cleaned_data["centres"]),
        )
        drawn: HttpResponse = view.render_to_response(context)
        return drawn


class SharedHoursCreateView(_Previewed, CreateView):
    """A new one."""


class SharedHoursEditView(_Previewed, EditView):
    """An existing one, previewed just the same."""
