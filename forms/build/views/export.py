"""«Скачать файлом»: the description of a form, as its editor sees it."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forms.build.compiler import document
from forms.definitions.document import Definition
from forms.definitions.parsing import DefinitionError

from .new_form import told
from .screen import form_for, newest

SHOWN = 3


@require_safe
def export(request: HttpRequest, page_id: int) -> HttpResponse:
    """The newest draft as a file; back to the editor where it is too unfinished to be read again."""
    page = newest(form_for(request.user, page_id))
    try:
        data = Definition.from_json(document(page)).to_json()
    except DefinitionError as error:
        wrong = "; ".join(": ".join(filter(None, each)) for each in told(error.problems)[:SHOWN])
        messages.error(request, _("Форму пока нельзя скачать. Поправьте: %s.") % wrong)
        return redirect("wagtailadmin_pages:edit", page_id)
    schema = request.build_absolute_uri("/api/schemas/form")
    text = json.dumps({"$schema": schema} | data, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.json"'
    return response
