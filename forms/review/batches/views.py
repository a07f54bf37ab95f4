"""The screens of batches that were begun: how far it is, what became of each, stop, the result as a file."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications.models import Application
from forms.review import jobs
from forms.review.access import QueueAccess
from forms.review.exporting import cells
from forms.review.models import Batch, BatchItem
from forms.review.queue import Look

from . import choosing, restoring, starting
from .acts import BY_KEY

SHOWN = 30
MOST_SHOWN = 50


class BatchScreen(QueueAccess, WagtailAdminTemplateMixin, View):
    """What the screens share."""

    header_icon = "list-ul"
    page_title = gettext_lazy("Действия с несколькими обращениями")
    request: HttpRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the queue, and to one's batches."""
        return [
            {"url": reverse("form_review:queue"), "label": _("Очередь")},
            {"url": reverse("form_review:batches"), "label": _("Действия с несколькими")},
        ]

    def own(self) -> Any:
        """The batches of who looks; nobody else's exist."""
        return Batch.objects.filter(owner=self.request.user.pk)


class BatchesView(BatchScreen):
    """One's own batches, newest first."""

    template_name = "review/batches.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest fifty."""
        return self.render_to_response(self.get_context_data(batches=self.own().order_by("-created_at")[:MOST_SHOWN]))


class BatchView(BatchScreen):
    """How far a batch is and what became of each; the script of the page asks for the part alone."""

    template_name = "review/job.html"
    state_template = "review/batch_state.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The screen, or its part for a refresh in place."""
        self.batch = get_object_or_404(self.own(), pk=pk)
        items = BatchItem.objects.filter(batch=self.batch).exclude(state=BatchItem.State.WAITING)
        shown = choosing.MOST if "all" in request.GET else SHOWN
        # What was passed over first: that is what somebody has to look at.
        lines = self._lines(list(items.order_by("-state", "place")[: shown + 1]))
        act = BY_KEY[self.batch.act]
        again = items.exclude(state=BatchItem.State.DONE)
        context = self.get_context_data(
            batch=self.batch,
            act=act,
            lines=lines[:shown],
            is_more=len(lines) > shown,
            again=list(again.values_list("application_id", flat=True)) if self.batch.is_over else [],
            can_restore=restoring.can(self.batch),
            back=Look(request.user, QueryDict(self.batch.query)).address(),
        )
        return self.render_to_response(context)

    def _lines(self, items: list[BatchItem]) -> list[dict[str, Any]]:
        rows = Application.objects.visible_to(self.request.user).filter(pk__in=[item.application_id for item in items])
        seen = rows.only("pk", "number_prefix", "name").in_bulk()
        return [{"item": item, "application": seen.get(item.application_id)} for item in items]

    def get_template_names(self) -> list[str]:
        """The part has no frame."""
        return [self.state_template if "part" in self.request.GET else self.template_name]

    def get_page_title(self) -> str:
        """What is done."""
        return self.batch.title


class StopBatchView(BatchScreen):
    """Stop; what is done stays done."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """At once where it waits, after the item under way where it runs."""
        get_object_or_404(self.own(), pk=pk)
        jobs.ask_to_stop(self.own().filter(pk=pk))
        starting.let_go(pk)
        return redirect("form_review:batch", pk)


class ResultView(BatchScreen):
    """«Скачать итог»: number, what became of it, why; no names, so that the file may be sent on."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """A text with separators, as Russian spreadsheets read it."""
        batch = get_object_or_404(self.own(), pk=pk)
        done = str(BY_KEY[batch.act].done)
        items = list(batch.items.order_by("place"))
        seen = Application.objects.visible_to(request.user).filter(pk__in=[item.application_id for item in items])
        numbers = {row.pk: row.public_number for row in seen.only("pk", "number_prefix")}
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="itog-{batch.created_at:%Y-%m-%d}.csv"'
        answer.write("\ufeff")
        lines = csv.writer(answer, delimiter=";")
        lines.writerow([_("№"), _("Итог"), _("Почему")])
        for item in items:
            outcome = done if item.state == BatchItem.State.DONE else item.get_state_display()
            number = numbers.get(item.application_id, _("нет доступа"))
            lines.writerow([cells.safe(str(cell)) for cell in (number, outcome, item.reason)])
        return answer
