"""Texts that editors type one thought a line, with the mark «[демо]» after what is invented."""

from dataclasses import dataclass

DEMO_MARK = "[демо]"


@dataclass(frozen=True)
class Line:
    """`head` is what stands out («Психолог»), `rest` follows it with its own punctuation («: для взрослых и детей»)."""

    head: str
    rest: str
    is_demo: bool = False


def lines(text: str) -> list[str]:
    """The lines that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def headed(text: str) -> list[Line]:
    """Lines whose beginning up to the first colon or dash stands out; a line without them has no head."""
    return [_headed(line) for line in lines(text)]


def _headed(line: str) -> Line:
    text, is_demo = without_mark(line)
    ends = [at for at in (text.find(":"), text.find(" — ")) if at > 0]
    if not ends:
        return Line("", text, is_demo)
    return Line(text[: min(ends)], text[min(ends) :], is_demo)


def without_mark(text: str) -> tuple[str, bool]:
    """The text without «[демо]», and whether it had it."""
    if DEMO_MARK not in text:
        return text, False
    return " ".join(text.replace(DEMO_MARK, " ").split()), True
