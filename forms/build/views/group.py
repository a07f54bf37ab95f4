"""Before a group or a place is published: who of those registered would be told what, and the button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from forms.applications.querysets import VIEW
from forms.build import groups, telling
from forms.build.refusal import COMMENT
from forms.registrations import releasing
from services.models import Centre, SupportGroup

from .ready import seen


class GroupScreen(WagtailAdminTemplateMixin, View):
    """In numbers, what the draft calls off or moves; a POST publishes exactly what was shown.

    With `approve` the same act is a moderator's approval of the task that the page waits in.
    """

    page_title = gettext_lazy("Кого коснётся публикация")
    header_icon = "group"
    template_name = "build/group.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who may publish this page."""
        self.live = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(self.live, SupportGroup | Centre):
            raise Http404
        self.rights = self.live.permissions_for_user(request.user)
        if self.live.alias_of_id or not self.rights.can_edit():
            raise PermissionDenied
        self.draft: Any = self.live.get_latest_revision_as_object()
        self.task = self._task(request) if "approve" in request.GET else None
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The numbers."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Publish, or say why not."""
        revision, lock = self.live.get_latest_revision(), self.live.get_lock()
        if not self._may_act() or revision is None:
            raise PermissionDenied
        if lock and lock.for_user(request.user):
            return self._refuse(_("Страница закрыта для правки. Откройте её и попробуйте ещё раз."))
        if request.POST.get("seen") != seen(revision):
            return self._refuse(_("Страницу изменили, пока вы смотрели. Ниже — что получилось теперь."))
        if problem := self._problem():
            return self._refuse(problem)
        with telling.asking(asks=False):
            self._act(revision)
        releasing.ring_schedule()
        messages.success(request, self._published())
        return redirect("wagtailadmin_explore", self.live.get_parent().pk)

    def _act(self, revision: Any) -> None:
        if self.task is None:
            revision.publish(user=self.request.user)
            return
        comment = self.request.POST.get("comment", "")
        self.task.task.specific.on_action(self.task, self.request.user, "approve", comment=comment)
        self.request.session.pop(COMMENT, None)

    def _task(self, request: HttpRequest) -> Any:
        """What the page waits in, where this user may approve it; Http404 when it waits no more."""
        found = self.live.current_workflow_task_state
        if found is None:
            raise Http404
        names = [name for name, _words, _modal in found.task.specific.get_actions(self.live, request.user)]
        if "approve" not in names:
            raise PermissionDenied
        return found.specific

    def _may_act(self) -> bool:
        return self.task is not None or bool(self.rights.can_publish())

    def _problem(self) -> str | None:
        return groups.problem_of(self.draft) if isinstance(self.draft, SupportGroup) else None

    def _refuse(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect(self.request.get_full_path())

    def _published(self) -> str:
        words = {"title": self.draft.title}
        if self._is_later():
            return _("Публикация страницы «%(title)s» запланирована, записанные узнают после неё.") % words
        return _("Страница «%(title)s» опубликована. Записанные получат письма в течение пяти минут.") % words

    def _is_later(self) -> bool:
        return bool(self.draft.go_live_at and self.draft.go_live_at > timezone.now())

    def get_page_subtitle(self) -> str:
        """Which group it is about."""
        return str(self.draft.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The group, this screen."""
        return [{"url": self._edit_url, "label": self.draft.title}, {"url": "", "label": self.get_page_title()}]

    @property
    def _edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.live.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What would be told to whom."""
        revision, lock = self.live.get_latest_revision(), self.live.get_lock()
        comment_of, comment = self.request.session.get(COMMENT) or (None, "")
        return super().get_context_data(**kwargs) | {
            "impact": telling.of([self.draft]),
            "problem": self._problem(),
            "seen": seen(revision) if revision else "",
            "may_publish": self._may_act() and not (lock and lock.for_user(self.request.user)),
            "approves": self.task is not None,
            "comment": comment if comment_of == self.live.pk else "",
            "scheduled": self.draft.go_live_at if self._is_later() else None,
            "sees_meetings": self.request.user.has_perm(VIEW),
            "edit_url": self._edit_url,
        }
