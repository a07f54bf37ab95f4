"""Every version of a form that was ever live: when, by whom, what it changed; to look at, and to bring back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.build import restoring
from forms.definitions import comparisons, diff, fields, versions
from forms.definitions.diff import Change
from forms.definitions.document import Definition, Field
from forms.definitions.models import FormVersion
from home.words import plural

from .access import DraftScreen

ON_A_PAGE = 20
KIND_WORDS = {
    "added": gettext_lazy("добавлено %d"),
    "removed": gettext_lazy("убрано %d"),
    "moved": gettext_lazy("переставлено %d"),
    "changed": gettext_lazy("изменено %d"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One version in the list."""

    version: FormVersion
    words: str
    is_current: bool


class VersionsScreen(DraftScreen):
    """The list, newest first."""

    page_title = gettext_lazy("Версии формы")
    header_icon = "history"
    template_name = "build/versions.html"

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """One page of it; what each changed is worked out against the one before."""
        form = self.live.form
        rows = form.versions.select_related("published_by").order_by("-number") if form else FormVersion.objects.none()
        part = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))
        shown = list(rows[part.start_index() - 1 : part.end_index() + 1]) if part.object_list else []
        newest = form.versions.order_by("-number").values_list("number", flat=True).first() if form else None
        lines = [
            Line(version, _changed(version, shown[place + 1 : place + 2]), version.number == newest)
            for place, version in enumerate(shown[:ON_A_PAGE])
        ]
        return self.draw(lines=lines, part=part)


def _changed(version: FormVersion, before: list[FormVersion]) -> str:
    if not before:
        return _("первая публикация")
    found = diff.diff(versions.compiled(before[0]), versions.compiled(version))
    counted = [str(KIND_WORDS[kind]) % count for kind, count in diff.summary(found).items() if count]
    return ", ".join(counted) or _("без изменений в вопросах")


class VersionScreen(DraftScreen):
    """One version in words; a POST lays it into the draft and leads on to what would change."""

    header_icon = "history"
    template_name = "build/version.html"
    version: FormVersion

    def get(self, request: HttpRequest, page_id: int, number: int) -> HttpResponse:
        """Its questions, and what it would change."""
        definition, newest = self.load(number)
        changes: list[Change] = []
        if newest.pk != self.version.pk:
            changes = diff.diff(versions.compiled(newest), definition)
        return self.draw(
            version=self.version,
            definition=definition,
            steps=[_step(definition, step) for step in definition.steps],
            is_current=newest.pk == self.version.pk,
            newest=newest,
            changes=changes,
        )

    def post(self, request: HttpRequest, page_id: int, number: int) -> HttpResponse:
        """«Вернуть эту версию»."""
        definition, _newest = self.load(number)
        lock = self.live.get_lock()
        if lock and lock.for_user(request.user):
            messages.error(request, _("Страница закрыта для правки. Откройте её и попробуйте ещё раз."))
            return redirect("form_build:version", self.live.pk, number)
        restoring.lay(self.page, definition, request.user)
        messages.info(request, _("Версия %d теперь в черновике. Посмотрите, что изменится, и опубликуйте.") % number)
        return redirect("form_build:ready", self.live.pk)

    def load(self, number: int) -> tuple[Definition, FormVersion]:
        """The version (404 for none of this form) compiled, and the newest one."""
        form = self.live.form
        rows = form.versions.select_related("published_by") if form else FormVersion.objects.none()
        version, newest = rows.filter(number=number).first(), rows.order_by("-number").first()
        if version is None or newest is None:
            raise Http404
        self.version = version
        return versions.compiled(version), newest

    def get_page_title(self) -> str:
        """The number."""
        return _("Версия %d") % self.version.number


def _step(definition: Definition, step: Any) -> dict[str, Any]:
    known = {field.key: field for field in definition.all_fields}
    count = len(step.fields)
    return {
        "title": step.title,
        "count": f"{count} {plural(count, _('вопрос'), _('вопроса'), _('вопросов'))}",
        "condition": comparisons.sentence(step.show_if, known) if step.show_if else "",
        "questions": [_question(field, known) for field in step.fields],
    }


def _question(field: Field, known: dict[str, Field]) -> dict[str, Any]:
    kind = fields.get(field.type)
    said = [str(kind.verbose_name).lower()]
    if field.is_sent:
        said.append(_("обязательный") if field.required else _("необязательный"))
    if field.staff:
        said.append(_("заполняет сотрудник"))
    return {
        "label": field.label,
        "said": ", ".join(said),
        "condition": comparisons.sentence(field.show_if, known) if field.show_if else "",
        "choices": [str(words) for _key, words in kind.choices(field)] if "choices" in field.options else [],
        "inner": [_question(each, known) for each in field.fields],
    }
