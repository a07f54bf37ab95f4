"""«Объединить»: a button beside each open application of the same person."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from forms.applications import duplicates, timeline
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.applications.states import BY_ACTION

from .card import CardView
from .moves.page import expected_of, require


class MergeView(CardView):
    """A POST and nothing else; afterwards the card of the one that goes on."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Merge, or say why not; a stale card is drawn fresh with what changed."""
        self.load(pk)
        require(request.user, BY_ACTION["merge"])
        expected, text = expected_of(request), request.POST.get("into", "")
        into = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
        try:
            merged = duplicates.merge(pk, request.user, expected, into)
        except Application.DoesNotExist as error:
            raise Http404 from error
        except Refused as refused:
            notices.error(request, str(refused.sentence))
            return redirect("form_review:card", pk)
        except Stale:
            self.load(pk)
            return self.draw(409, stale=timeline.changes_since(self.application, expected))
        notices.success(request, _("Обращение %(number)s объединено с этим.") % {"number": merged.public_number})
        return redirect("form_review:card", into)
