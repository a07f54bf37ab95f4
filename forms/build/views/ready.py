"""Before publishing: what is left to do, what will change, and the button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from forms.applications import trials
from forms.build import changes, gate
from forms.build.readiness import Readiness
from forms.definitions import versions

from .access import DraftScreen


class ReadyView(DraftScreen):
    """«Готовность к публикации»; a POST publishes exactly what was shown."""

    page_title = gettext_lazy("Готовность к публикации")
    template_name = "build/ready.html"

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The list."""
        return self.draw()

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Publish, or say why not. The gate itself stands in `FormPage.save`."""
        revision = self.live.get_latest_revision()
        lock = self.live.get_lock()
        if not self.rights.can_publish() or revision is None:
            raise PermissionDenied
        if lock and lock.for_user(request.user):
            return self._refuse(_("Страница закрыта для правки. Откройте её и попробуйте ещё раз."))
        if request.POST.get("seen") != seen(revision):
            return self._refuse(_("Форму изменили, пока вы смотрели. Ниже — что получилось теперь."))
        try:
            revision.publish(user=request.user)
        except gate.NotReady as refused:
            return self._refuse(str(refused))
        messages.success(request, self._published())
        return redirect(self.edit_url)

    def _refuse(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect("form_build:ready", self.live.pk)

    def _published(self) -> str:
        if self.page.go_live_at and self.page.go_live_at > timezone.now():
            return _("Публикация формы «%s» запланирована.") % self.page.title
        version = versions.latest(self.page.slug)
        words = {"title": self.page.title, "number": version.number if version else 1}
        return _("Форма «%(title)s» опубликована, версия %(number)d.") % words

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tasks, changes and what stands in the way."""
        ready = Readiness(self.page)
        revision, lock = self.live.get_latest_revision(), self.live.get_lock()
        return super().get_context_data(**kwargs) | {
            "ready": ready,
            "changes": changes.of(self.live, ready.definition),
            "seen": seen(revision) if revision else "",
            "may_publish": self.rights.can_publish() and not (lock and lock.for_user(self.request.user)),
            "scheduled": self.page.go_live_at if self._is_later() else None,
        }

    def _is_later(self) -> bool:
        return bool(self.page.go_live_at and self.page.go_live_at > timezone.now())


class TrialView(DraftScreen):
    """«Пробная заявка»: a POST begins one and leads into the journey."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Of the newest draft, as it is saved."""
        ready = Readiness(self.page)
        if not ready.can_try or ready.definition is None:
            messages.error(request, _("Сначала исправьте ошибки: форму с ними не пройти до конца."))
            return redirect("form_build:ready", self.live.pk)
        back = redirect("form_build:ready", self.live.pk).url
        trial = trials.begin(self.live, ready.definition, ready.digest, request.user, back)
        return redirect("apply:begin", trials.slug_of(trial))


def seen(revision: Revision) -> str:
    """Names what is on the screen: an autosave may overwrite a revision in place."""
    return f"{revision.pk}:{revision.created_at.isoformat()}"
