"""«Отменить»: the step is not taken; and a draft that is not wanted any more."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from forms.applications import holding, kept
from forms.applications.movement import Refused
from forms.applications.states import BY_ACTION
from forms.review import pending
from forms.review.card import ApplicationView
from forms.review.in_place import InPlace


class UndoView(InPlace, ApplicationView):
    """Back to the form with everything that was typed; too late is told."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo the step of this person that is on its way."""
        self.load(pk)
        try:
            draft = holding.undo(pk, request.user)
        except Refused as refused:
            notices.error(request, str(refused.sentence))
            return self.back()
        if draft is None:
            notices.success(request, _("Отменено, всё как было."))
            return self.back()
        notices.success(request, _("Отменено, ничего не ушло. Набранное цело."))
        return self.back(pending.page_of(draft.action))


class ForgetView(ApplicationView):
    """Drop a draft, or what came back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Only of this person, only of this step."""
        self.load(pk)
        if action not in BY_ACTION and action != "write":
            raise Http404
        kept.forget(action, pk, request.user)
        notices.success(request, _("Черновик удалён."))
        return self.back()
