"""A form and the groups whose seats it gives out: what the one promises and the other does not keep."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forms.definitions import versions
from forms.definitions.checks import Finding
from forms.definitions.document import Definition
from forms.definitions.parsing import Path
from forms.registrations import people
from services.models import SupportGroup


def findings(page: Any, definition: Definition) -> Iterator[Finding]:
    """Groups with an age limit that register through this page although it asks nobody's date of birth.

    A warning where the day chosen on the page of a group would be lost on the way to its question.
    """
    for number, step in enumerate(definition.steps[1:], start=1):
        for place, question in enumerate(step.fields):
            if question.type == "meeting":
                told = _("Поставьте выбор встречи на первый шаг: день, выбранный на странице группы, подставится сам")
                yield Finding(("steps", number, "fields", place), told, "warning")
    if not page.pk or people.asks_birth(definition):
        return
    bound = SupportGroup.objects.live().filter(registration_page=page.pk).exclude(registration="none")
    for group in bound.order_by("path"):
        if group.ages:
            yield Finding(_place(definition), _unasked(group, definition))


def problem_of(group: SupportGroup) -> SafeString | None:
    """Why this draft of a group cannot register through its form, with the way to mend it; None when it can."""
    page = group.registration_page
    if page is None or not group.takes_registrations:
        return None
    found = versions.current(page.slug)
    if found is None:
        return None
    sentence = ""
    if found[1].first_of("meeting") is None:
        sentence = _("В форме нет вопроса «Встреча группы», записаться через неё нельзя.")
    elif group.ages and not people.asks_birth(found[1]):
        sentence = _unasked(group, found[1])
    if not sentence:
        return None
    link = format_html('<a href="{}">{}</a>', reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Открыть форму"))
    return format_html("{} {}.", sentence, link)


def _unasked(group: SupportGroup, definition: Definition) -> str:
    rows = people.asked_of(definition)
    words = {"title": group.title, "ages": group.ages, "rows": rows.label if rows else ""}
    said = _("Группа «%(title)s» для тех, кому %(ages)s, а возраст форма не узнаёт.") % words
    mend = _("Добавьте в «%(rows)s» дату рождения") % words if rows else _("Добавьте вопрос о дате рождения")
    return f"{said} {mend}"


def _place(definition: Definition) -> Path:
    """The group whose rows are registered, else the step with the applicant's name, else the first one."""
    rows = people.asked_of(definition)
    for number, step in enumerate(definition.steps):
        for place, question in enumerate(step.fields):
            if question is rows:
                return ("steps", number, "fields", place)
            if rows is None and question.type == "full_name":
                return ("steps", number)
    return ("steps", 0)
