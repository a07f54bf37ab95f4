"""«Объединить»: a button beside each open application of the same person."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forms.applications import holding, timeline
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.applications.states import BY_ACTION

from .card import CardView
from .moves.page import expected_of, require


class MergeView(CardView):
    """A POST and nothing else; it leaves after the seconds for undo, so the card of the one that closes says so."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Merge, or say why not; a stale card is drawn fresh with what changed."""
        self.load(pk)
        require(request.user, BY_ACTION["merge"])
        expected, text = expected_of(request), request.POST.get("into", "")
        into = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
        try:
            held = holding.hold("merge", pk, request.user, expected, {"into_id": into})
        except Application.DoesNotExist as error:
            raise Http404 from error
        except Refused as refused:
            notices.error(request, str(refused.sentence))
            return self.back()
        except Stale:
            self.load(pk)
            return self.draw(409, stale=timeline.changes_since(self.application, expected))
        if held is not None:
            return self.back()
        number = {"number": self.application.public_number}
        notices.success(request, _("Обращение %(number)s объединено с этим.") % number)
        return redirect("form_review:card", into)
