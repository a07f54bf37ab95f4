"""The form editor in the admin: its addresses, its menu items and buttons, and the look before publishing."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.compare import register_comparison_class
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from forms.registrations import impact, releasing
from services.models import Centre, SupportGroup

from . import bulk, changes, gate, groups, telling
from .comparing import DefinitionComparison
from .field import DefinitionField
from .models import FormIndexPage, FormPage, SharedBlock
from .views.screen import has_section, may_add

register_comparison_class(DefinitionField, comparison_class=DefinitionComparison)


@hooks.register("register_admin_urls")
def form_urls() -> list[Any]:
    """/admin/form-build/."""
    return [path("form-build/", include("forms.build.urls"))]


class NewFormMenuItem(MenuItem):
    """Shown to those who may make forms."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the rights, where there is a section of forms; the screen itself asks for the right on that section."""
        may = request.user.has_perm("form_build.add_formpage") and policy_registry.get_by_type(Page)
        return bool(may and may.user_has_permission(request.user, "add") and has_section())


@hooks.register("register_admin_menu_item")
def new_form_menu_item() -> MenuItem:
    """«Новая форма», under Wagtail's own list of forms."""
    words = gettext_lazy("Новая форма")
    return NewFormMenuItem(words, reverse_lazy("form_build:new"), name="new-form", icon_name="plus", order=710)


@hooks.register("register_page_header_buttons")
def form_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The section offers a new form; a form its copy and its file."""
    if isinstance(page.specific_deferred, FormIndexPage) and may_add(user):
        yield Button(_("Новая форма"), reverse("form_build:new"), icon_name="plus", priority=5)
    elif isinstance(page.specific_deferred, FormPage) and page.permissions_for_user(user).can_edit():
        for number, (name, label, icon) in enumerate(OF_A_FORM):
            if name != "copy" or may_add(user):
                yield Button(
                    str(label), reverse(f"form_build:{name}", args=[page.pk]), icon_name=icon, priority=31 + number
                )


OF_A_FORM = (
    ("ready", gettext_lazy("Готовность к публикации"), "tasks"),
    ("versions", gettext_lazy("Версии формы"), "history"),
    ("copy", gettext_lazy("Скопировать форму"), "copy"),
    ("paper", gettext_lazy("На бумаге"), "doc-full"),
    ("export", gettext_lazy("Скачать файлом"), "download"),
    ("funnel", gettext_lazy("Как заполняют"), "order-down"),
)


@hooks.register("before_publish_page")
def look_before_publishing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """«Опубликовать» leads to what would change first; the draft is saved by now. Other roads meet the gate."""
    if not isinstance(page, FormPage):
        return None
    try:
        unchanged = changes.is_published(page, gate.definition_of(page))
    except gate.NotReady:
        unchanged = False
    if unchanged:
        return None
    messages.info(request, _("Черновик сохранён. Посмотрите, что изменится, и опубликуйте."))
    return redirect("form_build:ready", page.pk)


@hooks.register("before_publish_page")
def look_at_people(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A group that cannot register as it says, or a draft, of a group or of the place where it meets, that calls
    meetings with people off: first to its editor."""
    if not isinstance(page, SupportGroup | Centre):
        return None
    if isinstance(page, SupportGroup) and (problem := groups.problem_of(page)):
        messages.error(request, format_html("{} {}", _("Черновик сохранён, но не опубликован."), problem))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("form_build:group", page.pk) if telling.of([page]) else None


@hooks.register("before_bulk_action")
def look_at_people_of_many(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    """Publishing several pages at once shows the same numbers first, of all of them together; nothing that people
    registered for is deleted so either."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action == "publish" and pages:
        return bulk.look(request, pages, view)
    if action == "delete" and pages:
        return bulk.keep(request, pages, view)
    return None


@hooks.register("after_publish_page")
def follow_at_once(request: HttpRequest, page: Any) -> None:
    """Whoever is registered need not wait for the worker's next round."""
    if isinstance(page, SupportGroup | Centre):
        releasing.ring_schedule()


@hooks.register("after_bulk_action")
def follow_many_at_once(request: HttpRequest, action: str, objects: Any, view: Any) -> None:
    """The same of several."""
    if action == "publish":
        releasing.ring_schedule()


@hooks.register("after_unpublish_page")
def say_who_stays(request: HttpRequest, page: Any) -> None:
    """Taking a group off the site calls nothing off: its editor hears who goes on being registered."""
    if isinstance(page, SupportGroup) and (count := impact.people_of(page)):
        sentence = _(
            "Записано и ждут: %d. Встречи этим не отменены: отменить их и предупредить людей можно в «Встречах»."
        )
        messages.warning(request, sentence % count)


@hooks.register("before_delete_page")
def keep_what_people_registered_for(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A group with registrations stays: they belong to applications, which are kept."""
    if not (held := bulk.held_below(page)):
        return None
    messages.error(request, bulk.HELD % held.title)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


class ReadyMenuItem(ActionMenuItem):
    """«Готовность к публикации» in the menu at the foot of the editor of a form."""

    name = "form-ready"
    label = gettext_lazy("Готовность к публикации")
    icon_name = "tasks"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Once there is a form to look at."""
        return context["view"] == "edit" and isinstance(context["page"], FormPage)

    def get_url(self, context: dict[str, Any]) -> str:
        """The screen."""
        return reverse("form_build:ready", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def ready_menu_item() -> ActionMenuItem:
    """Below publishing."""
    return ReadyMenuItem(order=35)


class SharedBlockViewSet(SnippetViewSet):
    """Blocks of questions, beside the forms that take copies of them."""

    model = SharedBlock
    icon = "copy"
    add_to_admin_menu = True
    menu_label = gettext_lazy("Блоки вопросов")
    menu_order = 720
    list_display = ("name", "about")
    search_fields = ("name", "about")
    copy_view_enabled = False


register_snippet(SharedBlockViewSet)
