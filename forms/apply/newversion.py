"""A draft meets a newer version of its form: words that were being typed go to where their questions stand now."""

from collections.abc import Mapping

from django.utils.datastructures import MultiValueDict

from forms.definitions.document import Definition

from .basis import TAB
from .onpage import ROWS_LIMIT
from .taking import input_names, storable

ASKED = "asked"
Typed = dict[str, list[str]]


def regrouped(digest: str, definition: Definition, typed: Mapping[str, Typed]) -> dict[str, Typed]:
    """What is typed by step of the new version; words of questions that are gone are left out."""
    homes = _homes(digest, definition)
    found: dict[str, Typed] = {}
    for step_key, words in typed.items():
        for name, values in words.items():
            home = homes.get(name) or homes.get(name.partition(".")[0])
            if home:
                found.setdefault(home, {})[name] = values
            elif name in (ASKED, TAB) and step_key in definition.step_numbers:
                found.setdefault(step_key, {})[name] = values
    # What stood on a page is said of a page with words only.
    return {key: words for key, words in found.items() if set(words) - {ASKED, TAB}}


def strays(digest: str, definition: Definition, post: MultiValueDict[str, str]) -> dict[str, Typed]:
    """Words of a page whose step is gone, by the steps where their questions stand now."""
    room, words = ROWS_LIMIT, {}
    for name, values in post.lists():
        kept = [storable(value) for value in values[:100]]
        room -= sum(map(len, kept))
        if room >= 0 and any(kept):
            words[name] = kept
    return regrouped(digest, definition, {"": words})


def _homes(digest: str, definition: Definition) -> dict[str, str]:
    """The step of every input, and of every group by its key."""
    return {
        name: step.key
        for step in definition.steps
        for question in step.fields
        if question.is_sent and not question.staff
        for name in ([question.key] if question.type == "group" else input_names(digest, question))
    }
