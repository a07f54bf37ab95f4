"""What the page of a measure shows of other pages: who helps, which form it starts with, what is like it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from home.frames import Kept
from home.settings import frame

from .measure_facts import facts_of, read_facts
from .measure_words import Told, told
from .network import network

if TYPE_CHECKING:
    from .centre import Centre
    from .measure import Measure

_forms: Kept[str] = Kept(most=2000)


class Around:
    """For the page of a measure; from memory but for the measures that are like it."""

    def beside(self: Any, request: HttpRequest) -> Told:
        """Of what is published from memory, of a draft its own."""
        return told(self, None if getattr(request, "is_preview", False) else facts_of(self.pk))

    def apply_url(self: Any) -> str:
        """Where the form begins that starts it: its own, otherwise the section's; «» where neither is published."""
        own = self.form_page_id and _forms.get(self.form_page_id, lambda: _address(self.form_page))
        return own or (_forms.get(self.path[: -self.steplen], self._sections_form) if self.pk else "")

    def _sections_form(self: Any) -> str:
        return _address(getattr(self.get_parent().specific, "form_page", None))

    def helper(self: Any) -> "Centre | None":
        """Who helps with the papers: the chosen centre, otherwise the region's main one."""
        known = network()
        return known.live.get(self.helped_by_id or 0) or known.main

    def where(self: Any, request: HttpRequest, beside: Told) -> str:
        """«по всей России», the region's name, or the municipalities by name."""
        named = ", ".join(beside.places)
        if named or self.level == self.Level.FEDERAL:
            return named or str(_("по всей России"))
        return frame(request).region or str(_("во всём регионе"))

    def alike(self: Any, situations: frozenset[str], today: date, count: int = 3) -> list["Measure"]:
        """Other measures in force for these situations, the most alike first; one query."""
        others = [(len(situations & each.situations), each.pk) for each in read_facts(today) if each.pk != self.pk]
        # Sorting is stable: of those that are alike the alphabet holds.
        best = [pk for shared, pk in sorted(others, key=lambda pair: -pair[0])[:count] if shared]
        found = type(self).objects.defer("steps").in_bulk(best)
        return [found[pk] for pk in best if pk in found]


def _address(form: Any) -> str:
    return str(form.get_url() or "") if form is not None and form.live else ""
