"""Laying a whole region, in the order in which its parts need each other."""

from collections.abc import Callable

from django.db import transaction

from accounts import roles
from home.frames import forget_frame
from home.models import HomePage

from .forms import bind_groups, bind_measures, lay_forms
from .indexing import indexed_at_the_end
from .ledger import Ledger
from .packs import pack
from .pages import lay_home, lay_pages
from .people import lay_teams, lay_users
from .records import lay_reference, lay_settings, lay_synonyms, lay_territories


def load(region: str, password: str, say: Callable[[str], None]) -> bool:
    """Lay what was never laid; True when anything was. All or nothing: PackError leaves the database as it was."""
    chosen = pack(region)
    with transaction.atomic(), indexed_at_the_end():
        ledger = Ledger(region, say)
        lay_territories(chosen, ledger)
        lay_reference(chosen, ledger)
        lay_synonyms(chosen, ledger)
        site = lay_home(chosen, ledger)
        lay_settings(chosen, ledger, site)
        home = HomePage.objects.get(pk=site.root_page_id)
        lay_pages(chosen, ledger, home)
        lay_users(chosen, ledger, password)
        lay_teams(chosen, ledger)
        # After the teams, which rules of a form may name.
        lay_forms(chosen, ledger, home)
        bind_groups(chosen, ledger)
        bind_measures(chosen, ledger)
        roles.grant_page_rights()
        forget_frame()
    return not ledger.is_quiet()
