"""What the frame of every public page shows, as plain values."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from home.appearance import NORMAL, Look

FRAME_KEY = "home:frame:number"
# Nothing depends on this period: publishing drops the frame at once. It only heals what nobody told us about.
FRAME_SECONDS = 10 * 60
T = TypeVar("T")


@dataclass(frozen=True)
class Link:
    """One entry of a menu; `current` is the value of aria-current: "page", "true" (a page below it) or nothing."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Notice:
    """One urgent sentence for the whole site with the last day on which it is shown."""

    text: str
    until: date
    link: str = ""
    link_text: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Frame:
    """Everything templates/base.html needs, besides the page itself.

    `stamp` is another one whenever any of it may have changed: parts of a page that show nothing else are kept by it.
    """

    brand: str = ""
    region: str = ""
    ministry: str = ""
    phone: str = ""
    phone_shown: str = ""
    phone_note: str = ""
    phone_hours: str = ""
    phone_hours_is_demo: bool = False
    phone_is_recorded: bool = False
    footer_text: str = ""
    gosuslugi_url: str = ""
    help_url: str = ""
    number_prefix: str = "00"
    is_demo_site: bool = False
    nav: tuple[Link, ...] = ()
    about: tuple[Link, ...] = ()
    rules: tuple[Link, ...] = ()
    has_news: bool = False
    sections: Mapping[str, str] = field(default_factory=dict)  # "services.centreindexpage": "/centres/"
    notice: Notice | None = None
    look: Look = field(default=NORMAL)
    here: str = "/"
    stamp: str = field(default_factory=lambda: uuid4().hex, compare=False)

    @property
    def phone_href(self) -> str:
        """The address a tap on the number opens."""
        return f"tel:{self.phone}" if self.phone else ""


class Kept(Generic[T]):
    """What each process keeps until the frame changes: a page was published, moved or gone, a site changed."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._number, self._values = "", dict[Hashable, T]()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value kept under this key, otherwise what `make` returns. Never change it in place."""
        number, values = frame_number(), self._values
        if self._number != number or len(values) >= self._most:
            self._values = values = {}
            self._number = number
        if key not in values:
            values[key] = make()
        return values[key]


def frame_number() -> str:
    """Another one whenever the frame may have changed, the same for all processes. Ask for it before reading rows."""
    number = cache.get(FRAME_KEY)
    if number is None:
        cache.add(FRAME_KEY, uuid4().hex, FRAME_SECONDS)
        number = cache.get(FRAME_KEY)
    return str(number)


def forget_frame() -> None:
    """Every process reads the frame anew, once what changed it is committed: before that it would read the old rows."""
    transaction.on_commit(lambda: cache.delete(FRAME_KEY))
