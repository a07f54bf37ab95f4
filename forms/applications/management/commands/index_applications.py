"""`manage.py index_applications`: draws anew what the queue searches and narrows by; safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from forms.applications import indexing


class Command(BaseCommand):
    help = _("Готовит обращения к поиску и отбору в очереди: те, что ещё не готовы, или все.")

    def add_arguments(self, parser: CommandParser) -> None:
        """`--all`: those that are ready too."""
        parser.add_argument("--all", action="store_true", help=_("и те, что уже готовы"))

    def handle(self, *args: Any, **options: Any) -> None:
        """In portions; each application in its own transaction, so that nobody waits."""
        done = last = 0
        while found := indexing.catch_up(everything=options["all"], after=last):
            done, last = done + len(found), found[-1]
        self.stdout.write(f"indexed: {done}")
