"""What the bench lays past the actions is what the actions would have made."""

import openpyxl
import pytest
from django.http import QueryDict

from bench import queue_loading, queue_region, queue_rows, worker, worker_rows
from forms.applications import applicant, indexing, journal
from forms.applications.models import Answer, Application, Mention, PersonKey, SearchDoc
from forms.definitions import versions
from forms.review import folders
from forms.review.exporting import requesting, running
from forms.review.models import Export
from forms.review.queue import Look

pytestmark = pytest.mark.django_db
ROWS = 60


@pytest.fixture
def laid(monkeypatch):
    for name, number in (("TEAMS", 2), ("STAFF", 6), ("FORMS", 4), ("PLACES", 4), ("STORIES", 40)):
        monkeypatch.setattr(queue_region, name, number)
    queue_region.make()
    region = queue_region.Region()
    laying = queue_rows.Laying(region, ROWS)
    for number in range(1, ROWS + 1):
        laying.one(number)
    queue_loading.write(laying.tables)
    return region


def _answers(application: Application) -> list[tuple[object, ...]]:
    rows = Answer.objects.filter(application_id=application.pk).order_by("question_id", "pos")
    return list(rows.values_list("question_id", "pos", "text", "num"))


def _keys(application: Application) -> set[int]:
    return set(PersonKey.objects.filter(application_id=application.pk).values_list("digest", flat=True))


def test_rows_are_as_the_product_writes_them(laid) -> None:
    assert Application.objects.count() == ROWS
    assert not list(journal.problems())
    for application in Application.objects.select_related("sheet"):
        wanted = applicant.columns(versions.definition_of(application.form_version_id), application.sheet.answers)
        assert {name: getattr(application, name) for name in wanted} == wanted
        answers, stems = _answers(application), SearchDoc.objects.get(pk=application.pk).stems
        keys = _keys(application)
        indexing.again(application)
        assert _answers(application) == answers
        assert _keys(application) == keys
        assert keys
        again = SearchDoc.objects.get(pk=application.pk).stems
        assert sorted(again.split()) == sorted(stems.split())
        assert (again[0], again[-1]) == (stems[0], stems[-1]) == (" ", " ")


def test_the_folders_have_something_in_them(laid) -> None:
    numbers = folders.counts(Application.objects.visible_to(laid.lead, counting=True), laid.lead)
    assert numbers["closed"] > numbers["open"] > 0


def test_people_write_again_and_colleagues_are_called(laid) -> None:
    digests = PersonKey.objects.values_list("digest", flat=True)
    assert 1 < len(set(digests)) < len(digests)
    called = Mention.objects.select_related("note", "application").first()
    assert called is not None
    assert called.note.application_id == called.application_id
    assert called.user.teams.filter(pk=called.application.team_id).exists()


def test_an_export_of_the_bench_holds_families_on_sheets_of_their_own(laid, settings, tmp_path) -> None:
    settings.EXPORTS_DIR = tmp_path
    worker_rows.make(laid)
    manager = worker.user(worker_rows.MANAGER)
    requesting.ask(manager, Look(manager, QueryDict("folder=closed")), "xlsx", with_files=False)
    assert running.drain() == 1
    export = Export.objects.get()
    assert (export.state, export.total) == ("done", Application.objects.filter(is_open=False).count())
    sheets = openpyxl.load_workbook(export.path).worksheets
    assert sheets[0].max_row == Application.objects.filter(is_open=False).count() + 1
    assert len(sheets) == 5 and sum(sheet.max_row - 1 for sheet in sheets[1:]) > 5
    assert worker.missed({"rows": 100_000, "seconds": 31, "above_idle_mib": 101, "queries_per_1000": 11}) == [
        *("seconds", "memory", "queries")
    ]
