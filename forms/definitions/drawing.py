"""How a question looks. The applicant's screens draw it and say so here; the editor's preview, beside them, asks."""

from collections.abc import Callable

from django.utils.safestring import SafeString

from .question import Field

Draw = Callable[[Field], SafeString]
_draw: list[Draw] = []


def register(draw: Draw) -> None:
    """Called once, when the room that draws questions is ready."""
    _draw[:] = [draw]


def drawn(question: Field) -> SafeString:
    """A blank question as the applicant meets it; nothing where no room draws questions."""
    return _draw[0](question) if _draw else SafeString()
