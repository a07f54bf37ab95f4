"""The screens of exports: ask for one, see how far it is, stop it, fetch it, delete it; and the list of one's own."""

from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import office
from forms.applications.movement import Refused
from forms.review import jobs
from forms.review.models import Export
from forms.review.queue import Look

from . import keeping, requesting
from .access import ExportAccess, still_allowed

MOST_SHOWN = 50


class ExportForm(forms.Form):
    """What kind of file."""

    format = forms.ChoiceField(
        label=gettext_lazy("Вид файла"),
        choices=Export.Format,
        initial=Export.Format.XLSX,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Выберите вид файла"),
            "invalid_choice": gettext_lazy("Выберите вид файла"),
        },
    )
    with_files = forms.BooleanField(label=gettext_lazy("Приложить файлы заявителей архивом ZIP"), required=False)


class ExportScreen(ExportAccess, WagtailAdminTemplateMixin, View):
    """What the screens share."""

    header_icon = "download"
    page_title = gettext_lazy("Выгрузки")
    request: HttpRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the queue, and to one's exports."""
        return [
            {"url": reverse("form_review:queue"), "label": _("Очередь")},
            {"url": reverse("form_review:exports"), "label": _("Выгрузки")},
        ]

    def own(self) -> Any:
        """The exports of who looks; nobody else's exist."""
        return Export.objects.filter(owner=self.request.user.pk)


class NewExportView(ExportScreen):
    """Ask for a file of the view in the address."""

    template_name = "review/export_new.html"
    page_title = gettext_lazy("Выгрузить обращения")

    def get(self, request: HttpRequest) -> HttpResponse:
        """What will be in it, and the choice of the file."""
        return self._draw(Look(request.user, request.GET), ExportForm(initial={"format": "xlsx"}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask the worker, and show how far it is."""
        look, form = Look(request.user, QueryDict(request.POST.get("query", "")[:8000])), ExportForm(request.POST)
        if not form.is_valid():
            return self._draw(look, form, status=400)
        try:
            kind, with_files = form.cleaned_data["format"], form.cleaned_data["with_files"]
            export = requesting.ask(request.user, look, kind, with_files=with_files)
        except Refused as refused:
            return self._draw(look, form, status=409, refusal=refused.sentence)
        return redirect("form_review:export", export.pk)

    def _draw(self, look: Look, form: ExportForm, status: int = 200, refusal: Any = "") -> HttpResponse:
        context = self.get_context_data(
            form=form,
            refusal=refusal,
            words=requesting.words(look),
            query=look.address().partition("?")[2],
            back=look.address(),
        )
        return self.render_to_response(context, status=status)


class ExportsView(ExportScreen):
    """One's own exports, newest first."""

    template_name = "review/exports.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest fifty."""
        return self.render_to_response(self.get_context_data(exports=self.own().order_by("-created_at")[:MOST_SHOWN]))


class ExportView(ExportScreen):
    """One export: how far it is, or its file; the script of the page asks for the part alone."""

    template_name = "review/job.html"
    state_template = "review/export_state.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The screen, or its part for a refresh in place."""
        self.export = get_object_or_404(self.own(), pk=pk)
        context = self.get_context_data(export=self.export, allowed=still_allowed(self.export, request.user))
        return self.render_to_response(context)

    def get_template_names(self) -> list[str]:
        """The part has no frame."""
        return [self.state_template if "part" in self.request.GET else self.template_name]

    def get_page_title(self) -> str:
        """What it is."""
        return str(_("Выгрузка"))


class StopExportView(ExportScreen):
    """Stop what is not over."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """At once where it waits, within a second where it runs."""
        get_object_or_404(self.own(), pk=pk)
        jobs.ask_to_stop(self.own().filter(pk=pk))
        return redirect("form_review:export", pk)


class DropExportView(ExportScreen):
    """Delete the file before its time."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The line stays in the list."""
        export = get_object_or_404(self.own(), pk=pk)
        if export.file:
            keeping.drop_file(export)
            office.write(request.user, "export_dropped", {"export": str(export.pk)})
            notices.success(request, _("Файл выгрузки удалён."))
        return redirect("form_review:exports")


class FileView(ExportScreen):
    """The file, for who asked for it, until it expires, while nothing in it became foreign; each fetch is recorded."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: Any) -> HttpResponseBase:
        """Back to the export with the reason where it cannot be had."""
        export = get_object_or_404(self.own(), pk=pk)
        if not export.is_there or not still_allowed(export, request.user):
            notices.error(request, _("Этот файл скачать уже нельзя."))
            return redirect("form_review:export", pk)
        try:
            content = export.path.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        office.write(request.user, "export_given", {"export": str(export.pk), "rows": export.total})
        response = FileResponse(content, as_attachment=True, filename=export.download_name)
        response["X-Content-Type-Options"] = "nosniff"
        return response
