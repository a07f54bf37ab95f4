"""One application on one screen: who, what, where, until when and why, answers, timeline, moves."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import (
    arithmetic,
    asking,
    duplicates,
    files,
    journal,
    notes,
    papers,
    policies,
    thread,
    timeline,
    unsent,
)
from forms.applications.models import Application, PendingMove
from forms.applications.states import BY_ACTION

from . import due, keyboard, neighbours, pending, presence, sheet, staff_form
from .access import QueueAccess
from .moves import bar


class ApplicationView(QueueAccess, WagtailAdminTemplateMixin, View):
    """What every screen of one application shares: it is fetched from what the user may see, or does not exist."""

    header_icon = "list-ul"
    request: HttpRequest

    def load(self, pk: int) -> Application:
        """The application with all that its screens show; 404 for a foreign one as for none."""
        application = self._found(pk)
        self.pending = pending.of(application, self.request.user)
        if self.pending.settled:
            application = self._found(pk)
        self.application = application
        return application

    def _found(self, pk: int) -> Application:
        rows = Application.objects.visible_to(self.request.user).for_card().with_undelivered().with_pending()
        application: Application | None = rows.filter(pk=pk).first()
        if application is None:
            raise Http404
        return application

    def draft_of(self, action: str) -> PendingMove | None:
        """What this person has typed for the step before, or got back."""
        return next((draft for draft in self.pending.drafts if draft.action == action), None)

    def get_page_title(self) -> str:
        """The number."""
        return f"№ {self.application.public_number}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the list it was opened from."""
        near = self.near
        return [{"url": near.back, "label": near.label}, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def near(self) -> neighbours.Neighbours:
        """The list that the screen was opened from, and the cards beside this one in it."""
        return neighbours.of(self.request.user, self.request.GET, self.application)

    def back(self, action: str = "") -> HttpResponse:
        """To the card, or to the page of one of its steps, with the list it was opened from."""
        query = self.request.GET.copy()
        query.pop("kind", None)
        address = reverse("form_review:card", args=[self.application.pk]) + (f"{action}/" if action else "")
        return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)

    def draw(self, status: int = 200, **extra: Any) -> HttpResponse:
        """The screen as it is now."""
        return self.render_to_response(self.get_context_data(**extra), status=status)


class CardView(ApplicationView):
    """The card; opening it is written into the journal."""

    template_name = "review/card.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw the card."""
        self.load(pk)
        presence.note(pk, request.user)
        return self.draw()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the card shows; three queries, and the read."""
        context = super().get_context_data(**kwargs)
        application = self.application
        entries = timeline.entries_of(application)
        if not journal.read_lately(entries, self.request.user):
            journal.note_read(application, self.request.user)
        fresh = application.has_news
        if fresh and policies.reads_news(self.request.user, application):
            asking.note_seen(application)
        notes.note_called_seen(application, self.request.user, entries)
        later = timeline.has_dialogue(entries)
        said = thread.of(application, entries)
        context |= {
            "application": application,
            "fresh": fresh,
            "closed_to_us": bool(application.erase_on),
            "sections": sheet.sections(application, said.changes),
            "gone": sheet.gone(application, said.changes),
            "merged": thread.of_merged(application, entries, self.request.user),
            "twins": duplicates.of(application, self.request.user),
            "may_merge": bool(policies.may_move(self.request.user, BY_ACTION["merge"], application)),
            "uploads": papers.said_of(application, files.of_application(application, later=later)),
            "events": timeline.for_staff(application, entries, said.words, said.inside),
            "due_sum": arithmetic.due_sum(application, entries),
            "due": due.chip_of(application, timezone.localdate()) if application.is_open else None,
            "moves": bar.of(policies.moves_for(self.request.user, application)),
            "pending": self.pending,
            "may_write": policies.may_write(self.request.user, application),
            "why_no_moves": policies.why_none(self.request.user, application),
            "is_mine": application.assignee_id == self.request.user.pk,
        }
        context |= staff_form.context(
            self.request.user, application, kwargs.get("staff_data"), kwargs.get("staff_errors")
        )
        if "stale_since" in kwargs:
            context["stale"] = timeline.changes_in(application, entries, said.words, kwargs["stale_since"])
        # Last: what a refused form brings back goes before what was kept.
        context["near"] = self.near
        context["looking"] = presence.names([application.pk], self.request.user).get(application.pk, [])
        return context | self._composers() | keyboard.context(keyboard.CARD) | kwargs

    def _composers(self) -> dict[str, Any]:
        """The two forms beside the timeline, with what was typed in them before."""
        may_note = policies.may_note(self.request.user, self.application)
        kept = unsent.of(self.application, self.request.user) if may_note else {}
        note = kept["note"].text if "note" in kept else ""
        return {"may_note": may_note, "note_key": secrets.token_hex(16), "kept": kept, "note_text": note}
