"""A step's form over the card or the list: the page without its frame, for the script that draws it in a dialog."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase

# What the script asks with, and where the answer says to go on.
ASKED, LEADS = "X-In-Place", "X-Leads-To"
LIST = "list"
REDIRECTS = frozenset({301, 302})


class InPlace:
    """For views of the steps of one application: to the script they give the form alone, and tell where to go on."""

    request: HttpRequest

    @property
    def in_place(self) -> bool:
        """Whether a script asks."""
        return ASKED in self.request.headers

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A redirect becomes 204 with its address, so that the script leads the whole page there and not itself. A list
        stays where it is: it gets the words that the next page would have told."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if ASKED in request.headers and response.status_code in REDIRECTS:
            leads = HttpResponse(status=204, headers={LEADS: response["Location"]})
            if request.headers[ASKED] == LIST:
                words = "\n".join(str(notice) for notice in get_messages(request))
                leads = HttpResponse(words, headers={LEADS: response["Location"]}, content_type="text/plain")
            leads["Cache-Control"] = "no-store, private"
            return leads
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the frame that is asked for."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"frame": "review/step_part.html" if self.in_place else "review/step_page.html"}
