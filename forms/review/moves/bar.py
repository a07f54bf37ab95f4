"""The steps on the card: which stand in the bar, which under «Ещё», and by which key each is reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.applications.stages import Move
from forms.review import keyboard

MORE = frozenset({"refuse", "redirect", "extend", "mark_spam", "hand_over", "reassign"})
# The merge has its place beside the likely duplicates.
ELSEWHERE = frozenset({"merge"})


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its key, None where it has none."""

    move: Move
    key: keyboard.Key | None


@dataclass(frozen=True, slots=True)
class Bar:
    """What may be done now; false when nothing may."""

    main: tuple[Step, ...]
    more: tuple[Step, ...]

    @property
    def actions(self) -> frozenset[str]:
        """The names of all of them."""
        return frozenset(step.move.action for step in (*self.main, *self.more))

    def __bool__(self) -> bool:
        return bool(self.main or self.more)


def of(moves: Sequence[Move]) -> Bar:
    """In the order of the table; a bar without a main step shows all."""
    steps = [Step(move, keyboard.of_step(move.action)) for move in moves if move.action not in ELSEWHERE]
    main = tuple(step for step in steps if step.move.action not in MORE)
    more = tuple(step for step in steps if step.move.action in MORE)
    return Bar(main, more) if main else Bar(more, ())
