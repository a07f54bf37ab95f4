"""What was written on a page of an application whose pass ended meanwhile: it waits in the form for number and code.

Nothing of it is stored: the browser sends it again. After the right code its page is drawn with it and does nothing
yet, for the number may be another one's.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

# Pages where somebody writes; the rest is only a button, to be pressed again.
PAGES = frozenset({"answer", "write", "papers", "withdraw"})
OWN = frozenset({"csrfmiddlewaretoken", "number", "code", "back", "unsent", "altcha"})
UNSENT, FILES = "unsent", "files"


class SameAgain(HttpResponseRedirect):
    """The browser posts the same to another address."""

    status_code = 307


@dataclass(frozen=True, slots=True)
class Carried:
    """`back`: the page it was written on; `words` as (name of the input, value); `files`: some were lost on the way."""

    back: str
    words: tuple[tuple[str, str], ...]
    files: bool

    def onward(self) -> SameAgain:
        """To that page, with all of it."""
        return SameAgain(reverse(f"apply:{self.back}"))


def of(request: HttpRequest) -> Carried | None:
    """What this post carries along; None when it was only number and code."""
    back = str(request.GET.get("back") or request.POST.get("back") or "")
    if request.method != "POST" or back not in PAGES:
        return None
    names = [name for name in request.POST if name not in OWN]
    words = tuple((name, str(value)) for name in names for value in request.POST.getlist(name))
    return Carried(back, words, bool(request.FILES) or request.POST.get(UNSENT) == FILES)


def is_fresh(request: HttpRequest) -> bool:
    """Whether it has just come from its page and nobody has been asked for number and code yet."""
    return "back" in request.GET


def is_back(request: HttpRequest) -> bool:
    """Whether this post only brings back what was written: it is to be drawn and not done."""
    return UNSENT in request.POST


def asking(request: HttpRequest) -> SameAgain | None:
    """To the form for number and code, with what was written; None where there is nothing to carry."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in PAGES:
        return None
    return SameAgain(f"{reverse('apply:requests')}?ended&back={match.url_name}")
