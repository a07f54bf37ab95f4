"""The page of a mistake of ours: nothing on it needs what may be broken."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import get_template

from home import appearance
from home.settings import last_known


def server_error(request: HttpRequest | None) -> HttpResponse:
    """500: asks neither the database nor the cache; the number to call is the one this process showed last."""
    context = {"frame": last_known(), "look": appearance.attributes(request)}
    return HttpResponseServerError(get_template("500.html").render(context))
