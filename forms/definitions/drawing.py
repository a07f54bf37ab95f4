"""How questions look. The applicant's screens draw them and say so here; screens beside them ask.

The rooms of screens are blind to each other: who draws fills this in when it is ready, who needs it only asks here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from .document import Definition
from .question import Field, Step

Data = MultiValueDict[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A whole form on one page: the telephone, what must be asked, and what may be folded away (`open`: not now)."""

    phone: SafeString
    first: tuple[SafeString, ...]
    rest: tuple[SafeString, ...]
    open: bool
    asked: str
    """What the page says it asked, as its input `asked`."""
    data: dict[str, Any]
    """What the page's scripts need, as the JSON block `step-data`."""
    problems: list[tuple[str, str]]
    """(id of an input, what to do)."""


@dataclass(frozen=True, slots=True)
class LiveStep:
    """One step nobody answers for good: its parts, and those questions before it that it depends on."""

    before: tuple[SafeString, ...]
    parts: tuple[SafeString, ...]
    asked: str
    data: dict[str, Any]
    """As of `Drawn`."""
    is_live: bool
    """Whether the page needs the script of its rules."""


class Painter(Protocol):
    """What the room that draws questions offers."""

    def blank(self, question: Field) -> SafeString:
        """One question nobody has answered."""

    def read(self, digest: str, whole: Definition, data: Data) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """What a page of a whole form (`whole.one_page`) sent: clean answers and what is wrong, by question."""

    def change(self, digest: str, whole: Definition, data: Data) -> tuple[Data, str] | None:
        """What was typed after a button added, copied or removed a row, and the id to go to; None without one."""

    def draw(
        self,
        digest: str,
        whole: Definition,
        *,
        answers: Mapping[str, Any] | None = None,
        typed: Data | None = None,
        errors: Mapping[str, list[str]] | None = None,
    ) -> Drawn:
        """The page with stored answers, or as it was typed with what is wrong."""

    def draw_step(self, definition: Definition, step: Step, number: int, first: int) -> LiveStep:
        """A step as its applicant meets it, the `number`th of the form; its questions before place `first` apart."""


_painter: list[Painter] = []


def register(painter: Painter) -> None:
    """Called once, when the room that draws questions is ready."""
    _painter[:] = [painter]


def drawn(question: Field) -> SafeString:
    """A blank question as the applicant meets it; nothing where no room draws questions."""
    return _painter[0].blank(question) if _painter else SafeString()


def painter() -> Painter:
    """Who draws; LookupError where no room does."""
    if not _painter:
        raise LookupError("no room has registered a painter of questions")
    return _painter[0]
