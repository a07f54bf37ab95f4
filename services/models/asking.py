"""Publishing a page that people depend on asks first; who may object registers itself from a room above."""

from collections.abc import Callable
from typing import Any

_objections: list[Callable[[Any], None]] = []


def register(objection: Callable[[Any], None]) -> None:
    """Called once by a room above: it gets the page as it would be published and raises where that must wait."""
    _objections.append(objection)


class AsksFirst:
    """Whatever road leads to publishing (the editor, a moderator, many pages at once), it leads through here."""

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's, unless a room above objects to what the revision holds; `self` is the page as it is stored."""
        draft = revision.as_object()
        for objection in _objections:
            objection(draft)
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
