"""«Новая форма»: from a template, from a file, or empty. «Скопировать форму»."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from forms.build import drafting, library, places
from forms.definitions import transfer
from forms.definitions.parsing import DefinitionError, Path
from home.models import SiteSettings

from .screen import FormsScreen, OneFormScreen, may_add, section

SHOWN = 50
TITLE_LENGTH = 255


class NewFormScreen(FormsScreen):
    """Cards of templates; choosing one makes a draft and opens it."""

    page_title = gettext_lazy("Новая форма")
    template_name = "build/admin/new_form.html"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The cards."""
        _require(request.user)
        return self.draw()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the form: of the template named, or of the file sent."""
        _require(request.user)
        if "template" in request.POST:
            return self.from_template(str(request.POST["template"]))
        return self.from_file()

    def from_template(self, name: str) -> HttpResponse:
        """A draft of a template."""
        template = library.get(name)
        if template is None:
            raise Http404
        site = Site.objects.filter(is_default_site=True).first()
        definition = template.definition(SiteSettings.for_site(site) if site else None)
        return self.opened(drafting.new_draft(section(), definition, self.request.user, name))

    def from_file(self) -> HttpResponse:
        """A draft of a file, or what is wrong with it, place by place."""
        file = self.request.FILES.get("file")
        if file is None:
            return self.draw(problems=[("", _("Выберите файл с описанием формы"))], status=422)
        try:
            # One byte too many is enough to know that it is too large.
            definition = transfer.import_json(file.read(transfer.MOST_BYTES + 1))
            page = drafting.new_draft(section(), definition, self.request.user)
        except DefinitionError as error:
            return self.draw(problems=told(error.problems), file=str(file.name)[:100], status=422)
        return self.opened(page)

    def opened(self, page: Any) -> HttpResponse:
        """The editor of the new form."""
        messages.success(self.request, _("Форма «%s» готова черновиком. Поправьте слова под себя.") % page.title)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def draw(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """The screen, with what is wrong with a file."""
        parent = section()
        assert parent is not None
        empty = reverse("wagtailadmin_pages:add", args=["form_build", "formpage", parent.pk])
        context |= {"templates": library.all_templates(), "empty_url": empty, "schema_url": "/api/schemas/form"}
        return self.render_to_response(self.get_context_data(**context), status=status)


def told(problems: list[tuple[Path, str]]) -> list[tuple[str, str]]:
    """(place, sentence) of what is wrong with a file, the first of many."""
    found = [(places.in_words(path), sentence) for path, sentence in problems[:SHOWN]]
    left = len(problems) - len(found)
    return [*found, ("", _("И ещё ошибок: %d") % left)] if left > 0 else found


class CopyScreen(OneFormScreen):
    """One button and a title."""

    page_title = gettext_lazy("Скопировать форму")
    header_icon = "copy"
    template_name = "build/admin/copy_form.html"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Proposes a title."""
        _require(request.user)
        title = _("%s (копия)") % self.page.title
        return self.render_to_response(self.get_context_data(title=title[:TITLE_LENGTH]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Copies and opens the copy."""
        _require(request.user)
        title = " ".join(str(request.POST.get("title", "")).replace("\x00", "").split())
        if not title or len(title) > TITLE_LENGTH:
            wrong = _("Назовите копию: до %d знаков") % TITLE_LENGTH
            return self.render_to_response(self.get_context_data(title=title[:TITLE_LENGTH], wrong=wrong), status=422)
        copied = drafting.copy_form(self.page, title, request.user)
        messages.success(request, _("Копия готова черновиком. Заявки идут в прежнюю форму."))
        return redirect("wagtailadmin_pages:edit", copied.pk)


def _require(user: Any) -> None:
    if not may_add(user):
        raise PermissionDenied
