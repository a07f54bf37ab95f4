"""Every address of staff × every role × own and foreign object: exactly the listed answers and no others.

The addresses come from the live resolver: one that is not listed here fails the first test. «own»: of the user's team,
or the user's own export and batch; «foreign»: of another team, or somebody else's.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from forms.applications import files
from forms.applications.models import Application, Upload
from forms.definitions.document import Field
from forms.review.models import Batch, Export, SavedView
from services.models import Territory
from tests.factories import applications as make
from tests.factories import registrations, services, uploads

pytestmark = pytest.mark.django_db

ROLES = ("press", "formeditor", "operator", "reviewer", "lead", "manager", "admin")
OURS = {"queue/": "form_review", "form-build/": "form_build", "keys/": "form_api"}
HOME, CARD, ELSE = "H", "C", "R"
"""Where a redirect leads: Wagtail's refusal, back to the card, anywhere else."""

# Addresses of one application; what is done there is a POST where nothing is drawn.
OF_APPLICATION = frozenset(
    {"card", "ask", "undo", "add", "entered", "entered_slip", "letter", "note", "staff", "people"}
    | {"merge", "presence", "unsent"}
)
OF_PAGE = frozenset(
    {"export", "copy", "ready", "dry_run", "findings", "versions", "version", "trial", "paper", "funnel", "block-copy"}
    | {"group"}
)
# Pages of forms are not applications: here only that who may not build forms is refused as for one that is not there.
# name: method, then for each of ROLES «own» or «own/foreign» where there is an object. 4xx and 200 as they are.
ANSWERS: dict[str, tuple[str, str]] = {
    "form_api:docs": ("GET", "H H 200 200 200 200 200"),
    "form_api:keys": ("GET", "H H H H H H 200"),
    "form_api:revoke": ("GET", "H H H H H H 404"),
    "form_build:block-copy": ("GET", "H 404 H H H H 404"),
    "form_build:blocks": ("GET", "H 200 H H H H 200"),
    "form_build:copy": ("GET", "404 404 404 404 404 404 404"),
    "form_build:dry_run": ("GET", "404 404 404 404 404 404 404"),
    "form_build:export": ("GET", "404 404 404 404 404 404 404"),
    "form_build:findings": ("GET", "404 404 404 404 404 404 404"),
    "form_build:funnel": ("GET", "404 404 404 404 404 404 404"),
    "form_build:group": ("GET", "404 404 404 404 404 404 404"),
    "form_build:new": ("GET", "H H H H H H 200"),
    "form_build:paper": ("GET", "404 404 404 404 404 404 404"),
    "form_build:ready": ("GET", "404 404 404 404 404 404 404"),
    "form_build:trial": ("GET", "404 404 404 404 404 404 404"),
    "form_build:version": ("GET", "404 404 404 404 404 404 404"),
    "form_build:versions": ("GET", "404 404 404 404 404 404 404"),
    "form_review:absence": ("GET", "H H H 404 404 H 404"),
    "form_review:absences": ("GET", "H H H 200 200 H 200"),
    "form_review:add": ("GET", "H/H H/H 200/404 200/404 200/404 H/H 200/200"),
    "form_review:ask": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:batch": ("GET", "H/H H/H 200/404 200/404 200/404 200/404 200/404"),
    "form_review:batch_new": ("POST", "H H H 200 200 H 200"),
    "form_review:batch_restore": ("POST", "H/H H/H R/404 R/404 R/404 R/404 R/404"),
    "form_review:batch_result": ("GET", "H/H H/H 200/404 200/404 200/404 200/404 200/404"),
    "form_review:batch_stop": ("POST", "H/H H/H R/404 R/404 R/404 R/404 R/404"),
    "form_review:batches": ("GET", "H H 200 200 200 200 200"),
    "form_review:call": ("GET", "H H 200 200 200 H 200"),
    "form_review:card": ("GET", "H/H H/H 200/404 200/404 200/404 200/200 200/200"),
    "form_review:compare": ("GET", "H/H H/H 200/404 200/404 200/404 200/200 200/200"),
    "form_review:columns": ("POST", "H H R R R R R"),
    "form_review:drop": ("POST", "H/H H/H R/404 R/404 R/404 R/404 R/404"),
    "form_review:entered": ("GET", "H/H H/H 404/404 404/404 404/404 H/H 404/404"),
    "form_review:entered_slip": ("GET", "H/H H/H 404/404 404/404 404/404 H/H 404/404"),
    "form_review:export": ("GET", "H/H H/H H/H H/H 200/404 200/404 200/404"),
    "form_review:export_drop": ("POST", "H/H H/H H/H H/H R/404 R/404 R/404"),
    "form_review:export_file": ("GET", "H/H H/H H/H H/H R/404 R/404 R/404"),
    "form_review:export_new": ("GET", "H H H H 200 200 200"),
    "form_review:export_stop": ("POST", "H/H H/H H/H H/H R/404 R/404 R/404"),
    "form_review:exports": ("GET", "H H H H 200 200 200"),
    "form_review:file": ("GET", "H/H H/H 200/404 200/404 200/404 200/200 200/200"),
    "form_review:found": ("POST", "H H 200 200 200 H 200"),
    "form_review:fresh": ("GET", "H H 200 200 200 200 200"),
    "form_review:journal": ("GET", "H H H H H 200 200"),
    "form_review:keep": ("POST", "H H R R R R R"),
    "form_review:letter": ("POST", "H/H H/H C/404 C/404 R/404 C/C R/R"),
    "form_review:meeting": ("GET", "H/H H/H 200/404 200/404 200/404 200/200 200/200"),
    "form_review:meeting_change": ("GET", "H/H H/H H/H 200/404 200/404 H/H 200/200"),
    "form_review:meeting_day": ("GET", "H/H H/H H/H 200/404 200/404 H/H 200/200"),
    "form_review:meeting_file": ("POST", "H/H H/H H/404 H/404 200/404 200/200 200/200"),
    "form_review:meetings": ("GET", "H H 200 200 200 200 200"),
    "form_review:merge": ("POST", "H/H H/H H/404 404/404 404/404 H/H 404/404"),
    "form_review:move take": ("POST", "H/H H/H H/404 409/404 409/404 H/H 409/409"),
    "form_review:move assign": ("GET", "H/H H/H H/404 H/404 200/404 H/H 200/200"),
    "form_review:move resolve": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:move explain": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:move refuse": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:move redirect": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:move put_off": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:move extend": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:move hand_over": ("GET", "H/H H/H H/404 H/404 200/404 H/H 200/200"),
    "form_review:move mark_spam": ("GET", "H/H H/H H/404 C/404 200/404 H/H 200/200"),
    "form_review:move reopen": ("GET", "H/H H/H H/404 H/404 C/404 H/H C/C"),
    "form_review:move resume": ("POST", "H/H H/H H/404 409/404 409/404 H/H 409/409"),
    "form_review:forget put_off": ("POST", "H/H H/H C/404 C/404 C/404 C/C C/C"),
    "form_review:note": ("POST", "H/H H/H 409/404 409/404 409/404 H/H 409/409"),
    "form_review:people": ("GET", "H/H H/H 200/404 200/404 200/404 200/200 200/200"),
    "form_review:presence": ("POST", "H/H H/H 200/404 200/404 200/404 200/200 200/200"),
    "form_review:queue": ("GET", "H H 200 200 200 200 200"),
    "form_review:queue_results": ("GET", "H H 200 200 200 200 200"),
    "form_review:staff": ("POST", "H/H H/H H/404 409/404 409/404 H/H 409/409"),
    "form_review:tally": ("POST", "H H 200 200 200 H 200"),
    "form_review:tally_report": ("GET", "H H 200 200 200 200 200"),
    "form_review:undo": ("POST", "H/H H/H C/404 C/404 C/404 C/C C/C"),
    "form_review:unsent": ("POST", "H/H H/H 400/404 400/404 400/404 400/400 400/400"),
}


def _addresses() -> Iterator[str]:
    """The names of all addresses of our own screens in the admin."""

    def walk(patterns: Any, before: str = "") -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route, str(pattern.name)

    for route, name in walk(get_resolver().url_patterns):
        for ours, room in OURS.items():
            if route.startswith(f"admin/{ours}"):
                yield f"{room}:{name}"


def test_every_address_of_staff_is_listed() -> None:
    assert sorted(set(_addresses())) == sorted({name.split(" ")[0] for name in ANSWERS})


class World:
    """What a role finds: an application of its team and of another, its own export and somebody else's."""

    def __init__(self, person: Any, role: str) -> None:
        self.user, colleague, other = person(role), person("reviewer", "colleague"), person("lead", "other")
        make.team("Иркутск", self.user, colleague)
        make.team("Братск", other, codes=("bratsk",))
        self.own, self.foreign = make.in_work(colleague), make.in_work(other, q_place="bratsk")
        self.second = make.in_work(colleague)
        self.groups = [
            registrations.group(slug=code, venue=services.point(Territory.objects.get(code=code)))
            for code in ("irkutsk", "bratsk")
        ]
        self.courses = [
            registrations.group(slug=f"kurs-{group.slug}", venue=group.venue, registration="per_course")
            for group in self.groups
        ]
        self.uploads = [self._upload(each) for each in (self.own, self.foreign)]
        self.exports = [Export.objects.create(owner=each, words="x") for each in (self.user, other)]
        self.batches = [
            Batch.objects.create(owner=each, act="letter", title="x", total=0) for each in (self.user, other)
        ]
        self.views = [
            SavedView.objects.create(owner=each, name="x", query="folder=open") for each in (self.user, other)
        ]

    @staticmethod
    def _upload(application: Application) -> Upload:
        question = Field(key="q_papers", type="file", label="Бумаги", options={"types": ["image"]})
        made = files.add(make.draft(), question, io.BytesIO(uploads.picture()), "x.jpg")
        Upload.objects.filter(pk=made.pk).update(application=application, draft=None)
        return made

    def address(self, name: str, side: int) -> str:
        """The address of the own (0) or the foreign (1) object."""
        room, _colon, bare = name.partition(":")
        if room == "form_build":
            more = [1] if bare == "version" else []
            return reverse(name, args=[999_999, *more] if bare in OF_PAGE else [])
        application = (self.own, self.foreign)[side]
        if bare.startswith("export") and bare not in ("exports", "export_new"):
            return reverse(name, args=[self.exports[side].pk])
        given: dict[str, Any] = {
            "batch": self.batches[side].pk,
            **dict.fromkeys(("batch_stop", "batch_restore", "batch_result"), self.batches[side].pk),
            "drop": self.views[side].pk,
        }
        if bare in given:
            return reverse(name, args=[given[bare]])
        if bare == "meeting_day":
            course = self.courses[side]
            return reverse(name, args=[registrations.key_of(course), int(f"{course.starts_on:%Y%m%d}")])
        if bare.startswith("meeting") and bare != "meetings":
            return reverse(name, args=[registrations.key_of(self.groups[side])])
        if bare in ("absence", "revoke"):
            return reverse(name, args=[999_999])
        if bare == "compare":
            return reverse(name, args=[application.pk, self.second.pk])
        if bare == "file":
            return reverse(name, args=[application.pk, self.uploads[side].pk])
        if " " in bare:
            name, action = name.split(" ")
            return reverse(name, args=[application.pk, action])
        return reverse(name, args=[application.pk] if bare in OF_APPLICATION else [])

    def answer(self, client: Client, name: str, method: str, side: int) -> str:
        """The status, or where the redirect leads."""
        given = {"act": "letter", "row": self.own.pk} if name == "form_review:batch_new" else {}
        response = getattr(client, method.lower())(self.address(name, side), given)
        if response.status_code != 302:
            return str(response.status_code)
        card = reverse("form_review:card", args=[(self.own, self.foreign)[side].pk])
        return {"/admin/": HOME, card: CARD}.get(response["Location"], ELSE)


@pytest.mark.parametrize("role", ROLES)
def test_every_address(role: str, person: Any, signed_in: Any, settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    world = World(person, role)
    client = signed_in(world.user)
    place, found, wanted = ROLES.index(role), {}, {}
    for name, (method, answers) in ANSWERS.items():
        wanted[name] = answers.split()[place]
        sides = [world.answer(client, name, method, side) for side in range(2 if "/" in wanted[name] else 1)]
        found[name] = "/".join(sides)
    assert found == wanted
    # Nothing of another team was touched by whoever may not.
    version = world.foreign.version
    world.foreign.refresh_from_db()
    assert world.foreign.version == version
