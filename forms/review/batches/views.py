"""The screens of batches: what to do and to how many, how far it is, what became of each, stop."""

from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications.models import Application
from forms.applications.movement import Refused
from forms.review import jobs
from forms.review.access import QueueAccess
from forms.review.models import Batch, BatchItem
from forms.review.queue import Look

from . import choosing, starting
from .acts import BY_KEY, BatchAct, offered

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


class NewBatchView(BatchScreen):
    """The form of an act for what was chosen. A POST, since five hundred numbers do not fit into an address."""

    http_method_names = ["post"]
    template_name = "review/batch_new.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Draw the form, or start when it is filled in and sent."""
        self.act = _act(request)
        query = request.POST.get("query", "")[:2000]
        self.chosen = choosing.choose(request.user, request.POST)
        if not self.chosen.rows:
            notices.error(request, _("Отметьте обращения в списке, потом выберите действие."))
            return HttpResponseRedirect(f"{reverse('form_review:queue')}?{QueryDict(query).urlencode()}")
        if "go" not in request.POST:
            return self._draw(self.act.form(request.user))
        form = self.act.form(request.user, request.POST)
        wrong = self._wrong_number()
        if not form.is_valid() or wrong:
            return self._draw(form, wrong, status=400)
        try:
            asked = starting.Asked(self.act, form.title(), form.given(), self.chosen.rows, query)
            batch = starting.start(request.user, asked)
        except Refused as refused:
            return self._draw(form, refusal=refused.sentence, status=409)
        return redirect("form_review:batch", batch.pk)

    def _wrong_number(self) -> str:
        if not self.act.asks_number or self.request.POST.get("number", "").strip() == str(len(self.chosen.rows)):
            return ""
        return _("Впишите число обращений: %d.") % len(self.chosen.rows)

    def _draw(self, form: Any, wrong: str = "", refusal: Any = "", status: int = 200) -> HttpResponse:
        query = QueryDict(self.request.POST.get("query", "")[:2000])
        context = self.get_context_data(
            form=form,
            act=self.act,
            chosen=self.chosen,
            count=len(self.chosen.rows),
            wrong=wrong,
            refusal=refusal,
            number=self.request.POST.get("number", "")[:10],
            query=query.urlencode(),
            back=Look(self.request.user, query).address(),
        )
        return self.render_to_response(context, status=status)

    def get_page_title(self) -> str:
        """The act."""
        return str(self.act.label)


class BatchesView(BatchScreen):
    """One's own batches, newest first."""

    template_name = "review/batches.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest fifty."""
        return self.render_to_response(self.get_context_data(batches=self.own().order_by("-created_at")[:MOST_SHOWN]))


class BatchView(BatchScreen):
    """How far a batch is and what became of each; the script of the page asks for the part alone."""

    template_name = "review/batch.html"

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
            back=Look(request.user, QueryDict(self.batch.query)).address(),
        )
        return self.render_to_response(context)

    def _lines(self, items: list[BatchItem]) -> list[dict[str, Any]]:
        rows = Application.objects.visible_to(self.request.user).filter(pk__in=[item.application_id for item in items])
        seen = rows.only("pk", "number_prefix", "name").in_bulk()
        return [{"item": item, "application": seen.get(item.application_id)} for item in items]

    def get_template_names(self) -> list[str]:
        """The part has no frame."""
        return ["review/batch_state.html" if "part" in self.request.GET else self.template_name]

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


def _act(request: HttpRequest) -> BatchAct:
    act = BY_KEY.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    if act not in offered(request.user):
        raise PermissionDenied
    return act
