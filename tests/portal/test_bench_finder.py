"""What the bench lays is what editors could have entered; its pages are there and say what they are timed for."""

from typing import Any

import pytest

from bench import finder_content, finder_pages
from services.models import Centre, Measure, SharedHours, SupportGroup, Territory

pytestmark = pytest.mark.django_db
MEASURES, CENTRES, GROUPS = 24, 20, 4


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> None:
    monkeypatch.setattr(finder_content, "PLACES", 6)
    monkeypatch.setattr(finder_pages, "PLACES", 6)
    with django_capture_on_commit_callbacks(execute=True):
        finder_content.lay(MEASURES, CENTRES, GROUPS, articles=3)


def test_everything_laid_is_valid_and_every_page_says_what_it_is_timed_for(laid: None, client: Any) -> None:
    assert (Measure.objects.count(), Centre.objects.count(), SupportGroup.objects.count()) == (
        MEASURES,
        CENTRES,
        GROUPS,
    )
    for centre in Centre.objects.all():
        centre.full_clean()
        for row in (*centre.hours.all(), *centre.exceptions.all(), *centre.phones.all()):
            row.full_clean()
    for group in SupportGroup.objects.all():
        group.full_clean()
        for row in group.exceptions.all():
            row.full_clean()
    for row in (*Measure.objects.all(), *Territory.objects.all(), *SharedHours.objects.all()):
        row.full_clean()
    today = Measure.objects.all()[0].checked_on
    assert today is not None
    assert 0 < Measure.objects.in_force(today).count() < MEASURES
    for page in finder_pages.every():
        answer = client.get(page.address, page.query)
        assert answer.status_code == 200, page.title
        assert page.says in answer.content.decode(), page.title
