"""Every address of the queue × every role × own and foreign application: exactly these answers and no others."""

import pytest

from forms.applications.models import Application
from forms.review import urls
from tests.factories import applications as make

pytestmark = pytest.mark.django_db

HOME = "/admin/"
SEES_NOTHING = ("press", "formeditor")
OWN = {
    # role: (card, GET close of one in work held by a colleague, POST take of a new one)
    "operator": (200, HOME, HOME),
    "reviewer": (200, "card", "card"),
    "lead": (200, 200, "card"),
    "manager": (200, HOME, HOME),
    "admin": (200, 200, "card"),
}
SEES_ALL = ("manager", "admin")


@pytest.fixture
def colleague(person):
    user = person("reviewer", "colleague")
    make.team("Иркутск", user)
    make.team("Братск", codes=("bratsk",))
    return user


def _answer(response, application=None):
    if response.status_code == 302:
        card = f"/admin/queue/{application.pk}/" if application else ""
        return "card" if response["Location"] == card else response["Location"]
    return response.status_code


def test_every_address_is_in_this_matrix() -> None:
    # «file» has its own matrix in test_files.py.
    flat = [each for entry in urls.urlpatterns for each in getattr(entry, "url_patterns", [entry])]
    assert {pattern.name for pattern in flat} == {
        # test_notes.py, test_staff_part.py, test_presence.py
        *("note", "letter", "people", "unsent", "staff", "presence"),
        *("queue", "queue_results", "card", "move", "file", "ask"),
        # Of one's own steps: test_undo.py.
        *("undo", "forget"),
        # Of one's own things, not of applications: test_keeping.py.
        *("fresh", "columns", "keep", "drop"),
        # test_absences.py
        *("absences", "absence"),
        # test_batches.py, test_auditing.py
        *("batches", "batch_new", "batch", "batch_stop", "batch_restore", "batch_result", "journal"),
        # test_exporting.py
        *("exports", "export_new", "export", "export_stop", "export_drop", "export_file"),
        # Of people, not of applications: test_absences.py.
        *("absences", "absence"),
        # Written down for somebody: test_calling.py.
        *("call", "found", "entered", "entered_slip", "add"),
        # test_tallies.py
        *("tally", "tally_report"),
        # test_duplicates.py, test_comparing.py
        *("merge", "compare"),
        # test_meetings.py
        *("meetings", "meeting", "meeting_change", "meeting_day", "meeting_file"),
    }


@pytest.mark.parametrize("role", OWN)
def test_own_applications(role, person, signed_in, colleague) -> None:
    user = person(role)
    make.team("Иркутск", user)
    client = signed_in(user)
    new, held = make.new(), make.in_work(colleague)
    card, close, take = OWN[role]
    assert _answer(client.get("/admin/queue/")) == 200
    assert _answer(client.get("/admin/queue/results/")) == 200
    assert _answer(client.get(f"/admin/queue/{new.pk}/")) == card
    for action in ("resolve", "explain"):
        assert _answer(client.get(f"/admin/queue/{held.pk}/{action}/"), held) == close
        posted = client.post(f"/admin/queue/{new.pk}/{action}/", {"expected": 1, "explanation": "Нет", "go": "1"})
        # Nobody closes a new one: it must be taken first.
        assert _answer(posted, new) == (HOME if close == HOME else 409)
    assert client.get(f"/admin/queue/{new.pk}/take/").status_code == 405
    assert _answer(client.post(f"/admin/queue/{new.pk}/take/", {"expected": 1}), new) == take
    new.refresh_from_db()
    assert new.state == ("in_work" if take == "card" else "new")


@pytest.mark.parametrize("role", OWN)
def test_foreign_applications_do_not_exist(role, person, signed_in, colleague) -> None:
    user = person(role)
    make.team("Иркутск", user)
    client = signed_in(user)
    foreign = make.new(q_place="bratsk")
    listed = client.get("/admin/queue/?folder=open").context["object_list"]
    missing = client.get("/admin/queue/999999/")
    assert missing.status_code == 404
    if role in SEES_ALL:
        assert foreign in listed
        assert client.get(f"/admin/queue/{foreign.pk}/").status_code == 200
        return
    assert foreign not in listed
    requests = [
        client.get(f"/admin/queue/{foreign.pk}/"),
        client.post(f"/admin/queue/{foreign.pk}/take/", {"expected": 1}),
        *(
            client.get(f"/admin/queue/{foreign.pk}/{action}/")
            for action in ("resolve", "explain", "nonsense", "take-all")
        ),
        *(client.post(f"/admin/queue/{foreign.pk}/{action}/", {"expected": 1}) for action in ("resolve", "explain")),
    ]
    assert [response.status_code for response in requests] == [404] * len(requests)
    found = client.get("/admin/queue/", {"q": foreign.public_number}).context["object_list"]
    assert not list(found)
    assert not Application.objects.exclude(state="new").exists()


@pytest.mark.parametrize("role", SEES_NOTHING)
def test_who_edits_pages_sees_no_application(role, person, signed_in, colleague) -> None:
    user = person(role)
    # Even a member of the team: membership gives no right by itself.
    make.team("Иркутск", user)
    client = signed_in(user)
    application = make.new()
    for address in ("", "results/", "fresh/", f"{application.pk}/", f"{application.pk}/resolve/"):
        assert _answer(client.get(f"/admin/queue/{address}")) == HOME
    assert _answer(client.post(f"/admin/queue/{application.pk}/take/", {"expected": 1})) == HOME
    assert "/admin/queue/" not in client.get(HOME).content.decode()


def test_a_visitor_is_asked_to_sign_in(client, colleague) -> None:
    application = make.new()
    for address in ("", "results/", f"{application.pk}/", f"{application.pk}/resolve/", f"{application.pk}/take/"):
        response = client.get(f"/admin/queue/{address}")
        assert response.status_code == 302
        assert "/login/" in response["Location"]


@pytest.mark.parametrize("role", ["operator", "reviewer", "lead", "manager"])
def test_who_works_on_applications_needs_no_right_on_pages(role, person, signed_in) -> None:
    user = person(role)
    client = signed_in(user)
    rights = user.get_all_permissions()
    assert not {right for right in rights if right.startswith(("wagtailcore.", "home.", "wagtailimages."))}
    assert "/admin/queue/" in client.get(HOME).content.decode()
    assert client.get("/admin/queue/").status_code == 200


def test_teams_are_for_administrators(person, signed_in) -> None:
    assert signed_in("admin").get("/admin/snippets/form_applications/team/").status_code == 200
    assert signed_in("lead").get("/admin/snippets/form_applications/team/").status_code == 302
