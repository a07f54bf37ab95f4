"""The switch of «Версия для слабовидящих» and its settings."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from home.appearance import COOKIE, YEAR, look


def local_path(address: str) -> str:
    """The address if it stays on this site, otherwise the home page: nobody is sent elsewhere by a crafted link."""
    if address.startswith("/") and len(address) < 2000 and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return "/"


# No CSRF token: it would make every public page personal and uncacheable, and all that a forged post could do
# is to change how the visitor's own pages look, which one press of «Обычная версия» undoes.
@method_decorator(csrf_exempt, name="dispatch")
class AppearanceView(View):
    """GET shows all settings on a page of their own; POST keeps what was pressed for a year and goes back."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "home/appearance.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = HttpResponseRedirect(local_path(request.POST.get("next", "/")))
        answer.status_code = 303
        if request.POST.get("reset"):
            answer.delete_cookie(COOKIE, samesite="Lax")
            return answer
        chosen = look(request).changed(request.POST.dict())
        answer.set_cookie(
            COOKIE,
            chosen.cookie,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return answer
