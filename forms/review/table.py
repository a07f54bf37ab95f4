"""The parts of the queue's screen that are drawn in Python: a page of them by templates costs more than its rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forms.applications import indexing
from forms.applications.models import Application
from forms.applications.policies import ASSIGN

from . import columns as catalogue_of_columns
from . import filters
from .columns import ICON, Column

if TYPE_CHECKING:
    from .queue import Look


def draw(
    look: "Look", columns: Sequence[Column], rows: Sequence[Application], caption: str, *, picks: bool = False
) -> SafeString:
    """The table of one page; `picks`: with boxes to choose rows for a batch."""
    # The card's address keeps the list that it was opened from.
    is_named = bool(look.text) or "folder" in look.query
    kept = (look.address() if is_named else look.address(folder=look.folder.key)).partition("?")[2]
    near = catalogue_of_columns.beside(rows, columns, look.user)
    pick = '<th scope="col" class="q-c-pick"><input type="checkbox" data-pick-page aria-label="{}"></th>'
    return format_html(
        '<table class="listing q-table"><caption class="w-sr-only">{}</caption>'
        "<thead><tr>{}{}</tr></thead><tbody>{}</tbody></table>",
        caption,
        format_html(pick, _("Выбрать все на странице")) if picks else "",
        format_html_join("", "{}", ((_heading(look, column),) for column in columns)),
        format_html_join(
            "", "{}", ((catalogue_of_columns.line(row, columns, near, kept, picks=picks),) for row in rows)
        ),
    )


def _heading(look: "Look", column: Column) -> SafeString:
    icon = format_html(ICON, "form") if column.is_answer else ""
    closed = column.name == "due" and _is_of_closed(look)
    label: Any = format_html("{}{}", icon, _("Закрыто") if closed else column.label)
    if column.name == "news":
        label = format_html('<span class="w-sr-only">{}</span>', column.label)
    sort = next((each for each in look.sorts if each.key == _sort_of(look, column)), None)
    if sort is None:
        return format_html('<th scope="col" class="{}">{}</th>', column.look, label)
    current = sort.key == look.sort.key
    turned = current and not look.sort.descending
    address = look.address(sort=f"-{sort.key}" if turned else sort.key)
    if not current:
        return format_html('<th scope="col" class="{}"><a href="{}">{}</a></th>', column.look, address, label)
    way, arrow = ("descending", "arrow-down") if look.sort.descending else ("ascending", "arrow-up")
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a href="{}">{} {}</a></th>',
        *(column.look, way, address, label, format_html(ICON, arrow)),
    )


def _sort_of(look: "Look", column: Column) -> str:
    """In the folder of closed ones the column of the date shows, and is ordered by, the day of closing."""
    return "closed" if column.sort == "due" and _is_of_closed(look) else column.sort


def _is_of_closed(look: "Look") -> bool:
    return any(sort.key == "closed" for sort in look.sorts)


def hidden_inputs(look: "Look", without: Iterable[str]) -> SafeString:
    """The view as hidden fields of a form that changes one part of it."""
    skipped = {*without, "p", "_w_filter_fragment", "since"}
    pairs = ((name, value) for name, values in look.query.lists() if name not in skipped for value in values)
    inputs = format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)
    if "folder" in look.query or "folder" in skipped:
        return inputs
    return format_html('{}<input type="hidden" name="folder" value="{}">', inputs, look.folder.key)


def menus(look: "Look", drawn: Sequence[Column]) -> dict[str, Any]:
    """Saved views, pills, the panels of filters and columns, the seconds for undo of what is taken from the list."""
    form_id = filters.one_form(look.query)
    return {
        "pills": [(pill, look.address(without=pill.names)) for pill in look.filters.pills],
        "bare_url": look.address(without=tuple(name for pill in look.filters.pills for name in pill.names)),
        "own_views": look.known.of("view"),
        "shared_views": look.known.of("shared"),
        "share_with": look.known.of("team") if look.user.has_perm(ASSIGN) else [],
        "undo_seconds": settings.UNDO_SECONDS,
        "query_kept": look.address().partition("?")[2],
        "panel": format_html_join("", "{}", ((part,) for part in _panel(look))),
        "panel_kept": hidden_inputs(look, [name for name in look.query if filters.is_filter(name)]),
        "columns_form": form_id if look.definition else "",
        "columns_offered": [
            (column, column in drawn or column.name in {each.name for each in drawn})
            for column in catalogue_of_columns.offered(look.definition)
            if column.name != "who"
        ],
    }


def _panel(look: "Look") -> Iterator[SafeString]:
    """One control for each filter, then those of the answers of the one form."""
    for kind in filters.KINDS:
        offered = filters.choices(kind, look.known)
        if offered:
            yield (_ticks if kind.ticks else _select)(look, kind.key, kind.label, offered)
    for key, (_column, label) in filters.RANGES.items():
        yield _limits(look, label, (f"{key}_from", f"{key}_to"), "date")
    yield _ticks(look, "unread", _("Сообщения"), [("1", _("есть новые"))])
    if look.definition is None:
        return
    yield format_html('<h3 class="q-wide">{}</h3>', _("Ответы в форме «%s»") % look.definition.title)
    for question in indexing.filterable(look.definition):
        name = filters.ANSWER + question.key
        if filters.ranged(question):
            yield _limits(look, question.label, (f"{name}.from", f"{name}.to"), filters.input_type(question))
        elif offered := filters.answer_choices(question):
            yield _select(look, name, question.label, offered)


def _select(look: "Look", name: str, label: Any, offered: Sequence[tuple[str, Any]]) -> SafeString:
    asked = look.query.getlist(name)
    options = ((value, SafeString(" selected") if value in asked else "", words) for value, words in offered)
    return format_html(
        '<div class="q-field"><label for="q-{}">{}</label><select id="q-{}" name="{}"><option value="">{}</option>{}'
        "</select></div>",
        *(name, label, name, name, _("любое")),
        format_html_join("", '<option value="{}"{}>{}</option>', options),
    )


def _ticks(look: "Look", name: str, label: Any, offered: Sequence[tuple[str, Any]]) -> SafeString:
    asked = look.query.getlist(name)
    boxes = ((name, value, SafeString(" checked") if value in asked else "", words) for value, words in offered)
    return format_html(
        '<fieldset class="q-field q-wide"><legend>{}</legend>{}</fieldset>',
        label,
        format_html_join("", '<label class="q-tick"><input type="checkbox" name="{}" value="{}"{}> {}</label>', boxes),
    )


def _limits(look: "Look", label: Any, names: tuple[str, str], kind: str) -> SafeString:
    words = (_("от"), _("до")) if kind != "date" else (_("с"), _("по"))
    step = SafeString(' step="any"') if kind == "number" else ""
    inputs = ((word, kind, name, look.query.get(name, "")[:20], step) for name, word in zip(names, words, strict=True))
    return format_html(
        '<fieldset class="q-field"><legend>{}</legend><div class="q-pair">{}</div></fieldset>',
        label,
        format_html_join("", '<label>{} <input type="{}" name="{}" value="{}"{}></label>', inputs),
    )
