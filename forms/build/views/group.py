"""Before a group is published: who of those registered would be told what, and the button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications.querysets import VIEW
from forms.build import groups
from forms.registrations import impact, releasing
from services.models import SupportGroup

from .ready import seen


class GroupScreen(WagtailAdminTemplateMixin, View):
    """In numbers, what the draft calls off or moves; a POST publishes exactly what was shown."""

    page_title = gettext_lazy("Кого коснётся публикация")
    header_icon = "group"
    template_name = "build/group.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who may publish this page."""
        self.live = get_object_or_404(SupportGroup, pk=kwargs["page_id"])
        self.rights = self.live.permissions_for_user(request.user)
        if self.live.alias_of_id or not self.rights.can_edit():
            raise PermissionDenied
        self.draft: SupportGroup = self.live.get_latest_revision_as_object()
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The numbers."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Publish, or say why not."""
        revision, lock = self.live.get_latest_revision(), self.live.get_lock()
        if not self.rights.can_publish() or revision is None:
            raise PermissionDenied
        if lock and lock.for_user(request.user):
            return self._refuse(_("Страница закрыта для правки. Откройте её и попробуйте ещё раз."))
        if request.POST.get("seen") != seen(revision):
            return self._refuse(_("Страницу изменили, пока вы смотрели. Ниже — что получилось теперь."))
        if problem := groups.problem_of(self.draft):
            return self._refuse(problem)
        revision.publish(user=request.user)
        releasing.ring_schedule()
        messages.success(request, self._published())
        return redirect("wagtailadmin_explore", self.live.get_parent().pk)

    def _refuse(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect("form_build:group", self.live.pk)

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
        return super().get_context_data(**kwargs) | {
            "impact": impact.of(self.draft),
            "problem": groups.problem_of(self.draft),
            "seen": seen(revision) if revision else "",
            "may_publish": self.rights.can_publish() and not (lock and lock.for_user(self.request.user)),
            "scheduled": self.draft.go_live_at if self._is_later() else None,
            "sees_meetings": self.request.user.has_perm(VIEW),
            "edit_url": self._edit_url,
        }
