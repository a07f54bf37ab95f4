"""`manage.py verify_journal`: proves that no journal entry was changed, removed or put in between."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from forms.applications import journal, office, sealing
from forms.applications.models import Application, JournalSeal


class Command(BaseCommand):
    help = _("Проверяет, что записи журнала не меняли и не удаляли.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every break; exit code 1 when there is one."""
        found = 0
        for problem in chain(journal.problems(), office.problems(), sealing.problems()):
            found += 1
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{found} problem(s) in the journal")
        newest = JournalSeal.objects.order_by("-pk").first()
        sealed = f"sealed {newest.sealed_at:%Y-%m-%d %H:%M} {newest.digest}" if newest else "not sealed yet"
        self.stdout.write(f"journal whole: {Application.objects.count()} chain(s), {sealed}")
