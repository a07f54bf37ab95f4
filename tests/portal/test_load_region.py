"""The region's pack: complete, laid once, and nothing that an editor did is ever taken back."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex, Revision, Site

from accounts.models import User
from forms.applications.models import Team
from forms.definitions import versions
from forms.definitions.models import FormVersion
from home.models import HomePage, NewsPage, SiteSettings, StandardPage
from home.search import search_site
from portal.regions import packs
from services.models import Centre, Measure, SupportGroup, Territory

pytestmark = pytest.mark.django_db
PASSWORD = "four calm words together"
SMALL = {
    "settings.yaml": {"brand_name": "Поддержка", "phone": "+78000000000"},
    "territories.yaml": [{"code": "a", "name": "Район А", "kind": "district"}],
    "pages.yaml": {"home": {"title": "Портал", "hero_title": "Поможем"}},
}


def load(region: str = "irkutsk", **options: Any) -> str:
    said = StringIO()
    call_command("load_region", region, stdout=said, **options)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", PASSWORD)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A pack of one's own: `small("file.yaml", content)` replaces a file of it."""
    monkeypatch.setattr(packs, "FOLDER", tmp_path)
    (tmp_path / "mars").mkdir()

    def write(file: str, content: Any) -> None:
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        (tmp_path / "mars" / file).write_text(text, "utf-8")

    for file, content in SMALL.items():
        write(file, content)
    return write


def snapshot() -> dict[str, Any]:
    """Everything that a second run could change."""
    models = (Territory, Page, Revision, Site, SiteSettings, User, Team, FormVersion, Centre, Measure, SupportGroup)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models} | {
        "members": list(Team.members.through.objects.order_by("pk").values()),
        "references": ReferenceIndex.objects.count(),
    }


def test_irkutsk_is_complete_and_a_second_run_changes_nothing(client: Any) -> None:
    assert "Центры: новых 39" in load()
    assert Territory.objects.count() == 42
    assert Territory.objects.filter(kind="urban").count() == 10
    assert Centre.objects.live().filter(kind="point").count() == 33
    assert Measure.objects.live().count() == 37
    assert SupportGroup.objects.live().count() == 4
    assert NewsPage.objects.live().count() == 4
    assert set(StandardPage.objects.live().values_list("slug", flat=True)) == {
        "about", "structure", "contacts", "documents", "appeals", "personal-data", "accessibility",
    }  # fmt: skip
    # Every municipality belongs to exactly one team, and to at most one point.
    for territory in Territory.objects.all():
        assert territory.teams.count() == 1, territory
        assert territory.centres.filter(kind="point").count() <= 1, territory
    centre = Centre.objects.get(slug="semya")
    assert centre.address == "Иркутск, ул. Софьи Перовской, 30/1"
    assert [phone.number for phone in centre.phones.all()] == ["+79016679448", "+78006000000"]
    assert not centre.is_demo
    # Nothing that is invented looks official: of the tree only the centre and the contact centre are facts.
    assert set(Centre.objects.filter(is_demo=False).values_list("slug", flat=True)) == {"semya", "contact-centre"}
    assert set(Centre.objects.values_list("kind", flat=True)) == set(Centre.Kind.values)
    assert set(Centre.objects.values_list("state", flat=True)) == {"working", "suspended", "moved"}
    assert all(measure.is_demo for measure in Measure.objects.all())
    assert not Page.objects.filter(live_revision=None).exclude(depth=1).exists()

    _the_site_works(client)

    before = snapshot()
    with CaptureQueriesContext(connection) as queries:
        assert "ничего не изменили" in load()
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert snapshot() == before


def _the_site_works(client: Any) -> None:
    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert Page.objects.filter(depth=2).count() == 1
    for page in Page.objects.filter(depth__gt=1).live().specific():
        response = client.get(page.get_url())
        assert response.status_code == 200, page.get_url()
        assert "[демо]" not in response.content.decode(), page.get_url()
    moved = client.get("/centres/otdel-shelekhov-prezhny/").content.decode()
    assert 'href="/centres/otdel-shelekhov/"' in moved and "Теперь здесь: Отдел сопровождения" in moved
    assert client.get("/centres/otdel-shelekhov-prezhny/slip/")["Location"] == "/centres/otdel-shelekhov/slip/"
    assert "Временно закрыто" in client.get("/centres/in/irkutsky/").content.decode()
    front = client.get("/").content.decode()
    for words in ("8 800 6 000 000", "<b>37</b>", "/groups/vzroslye/", "/measures/?situation=injury"):
        assert words in front, words
    assert search_site("дети").results
    found = versions.current("help")
    assert found is not None
    definition = found[1]
    assert [len(step.fields) for step in definition.steps] == [5, 3, 3]
    assert definition.first_of("territory") is not None
    assert sum(field.show_if is not None for field in definition.fields) == 1
    assert client.get("/apply/help/").status_code == 302
    for slug in ("measure", "video", "feedback"):
        _version, definition = versions.current(slug)  # type: ignore[misc]
        assert "министерство социального развития Иркутской области" in definition.consent.text
        assert "8 800 6 000 000" in definition.consent.text
        assert definition.rules


def test_people_keep_their_teams_and_everybody_what_editors_did(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    _people_work_in_their_teams()
    _editors_work()
    own = User.objects.get(username="press")
    own.set_password("a password of her own")
    own.save()
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", "another calm password")
    load()
    assert User.objects.get(username="reviewer").check_password("another calm password")
    assert User.objects.get(username="press").check_password("a password of her own")
    _their_work_stays()


def _people_work_in_their_teams() -> None:
    for name in ("press", "formeditor", "operator", "reviewer", "reviewer2", "lead", "manager", "admin"):
        assert User.objects.get(username=name).check_password(PASSWORD), name
    assert User.objects.get(username="admin").is_superuser
    south, north = Team.objects.get(name="Иркутск и юг области"), Team.objects.get(name="Север и запад")
    assert south.members.filter(username="reviewer").exists() and not south.members.filter(username="reviewer2")
    assert north.members.filter(username="reviewer2").exists()
    assert Team.objects.filter(is_common=True).count() == 1


def _editors_work() -> None:
    centre = Centre.objects.get(slug="semya")
    centre.address, centre.slug = "Иркутск, новый адрес", "tsentr"
    centre.save_revision().publish()
    Measure.objects.get(slug="tverdoe-toplivo").delete()
    Territory.objects.filter(code="irkutsk").update(name="Город Иркутск")
    Team.objects.get(name="Север и запад").delete()
    Page.objects.get(slug="documents").unpublish()


def _their_work_stays() -> None:
    assert Centre.objects.filter(kind="centre").values_list("slug", "address").get() == (
        "tsentr",
        "Иркутск, новый адрес",
    )
    assert not Measure.objects.filter(slug="tverdoe-toplivo").exists()
    assert Territory.objects.get(code="irkutsk").name == "Город Иркутск"
    assert not Team.objects.filter(name="Север и запад").exists()
    assert not Page.objects.get(slug="documents").live


def test_without_a_password_nobody_is_made(monkeypatch: pytest.MonkeyPatch, small: Any) -> None:
    small("users.yaml", [{"username": "press", "role": "press"}])
    monkeypatch.delenv("PORTAL_DEMO_PASSWORD")
    small("teams.yaml", [{"name": "Команда", "members": ["press"], "territories": ["a"]}])
    assert "пароль не задан" in load("mars")
    assert not User.objects.exists()
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", PASSWORD)
    load("mars")
    assert Team.objects.get().members.get().username == "press"


def test_the_password_may_come_from_a_file(small: Any, tmp_path: Path) -> None:
    small("users.yaml", [{"username": "press", "role": "press"}])
    (tmp_path / "secret").write_text("from a file it comes\n")
    load("mars", password_file=tmp_path / "secret")
    assert User.objects.get(username="press").check_password("from a file it comes")
    with pytest.raises(CommandError, match="не читается"):
        load("mars", password_file=tmp_path / "nothing")


def test_an_unknown_region_lists_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r"Нет такого региона: «atlantis». Есть: .*irkutsk"):
        load("atlantis")
    with pytest.raises(CommandError, match="Назовите регион"):
        call_command("load_region")
    said = StringIO()
    call_command("load_region", list=True, stdout=said)
    assert "irkutsk" in said.getvalue().split()


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("territories.yaml", [{"code": "a", "nmae": "Район"}], "territories.yaml: a: неизвестный ключ «nmae»"),
        ("territories.yaml", [{"code": "a", "name": "Р", "kind": "planet"}], "territories.yaml: a: kind"),
        ("territories.yaml", {"code": "a"}, "territories.yaml: здесь ожидается список"),
        ("territories.yaml", "a: [1", "territories.yaml: не читается"),
        ("settings.yaml", {"brand_name": "П", "fax": "1"}, "settings.yaml: неизвестный ключ «fax»"),
        ("settings.yaml", {"brand_name": "П", "phone": "8800"}, "settings.yaml: phone"),
        ("pages.yaml", {"home": {"title": "П", "hero_title": "П", "hero": ""}}, "неизвестный ключ «hero»"),
        ("pages.yaml", {**SMALL["pages.yaml"], "pages": [{"title": "Без адреса"}]}, "нужен ключ «slug»"),  # type: ignore[dict-item]
        (
            "pages.yaml",
            {**SMALL["pages.yaml"], "pages": [{"slug": "s", "title": "С", "body": [{"poem": "x"}]}]},  # type: ignore[dict-item]
            "pages.yaml: s.body\\[0\\]: неизвестный ключ «poem»",
        ),
        (
            "centres.yaml",
            {"section": {"slug": "c", "title": "Ц"}, "centres": [{"slug": "x", "title": "Х", "territory": "z"}]},
            "centres.yaml: x.territory: нет такого: «z»",
        ),
        (
            "centres.yaml",
            {
                "section": {"slug": "c", "title": "Ц"},
                "centres": [{"slug": "x", "title": "Х", "hours": [{"weekday": 0, "opens": "18:00", "closes": "9:00"}]}],
            },
            "centres.yaml: x: closes",
        ),
        ("teams.yaml", [{"name": "К", "territories": ["z"]}], "teams.yaml: К: нет муниципалитетов z"),
        ("users.yaml", [{"username": "x", "role": "king"}], "users.yaml: x: нет роли «king»"),
        (
            "forms.yaml",
            {"section": {"slug": "f", "title": "Ф"}, "forms": [{"slug": "h", "document": "no.json"}]},
            "no.json: не читается",
        ),
        (
            "forms.yaml",
            {"section": {"slug": "f", "title": "Ф"}, "forms": [{"slug": "h", "template": "poem"}]},
            "forms.yaml: h: нужен document или template. Шаблоны: help, group",
        ),
    ],
)
def test_a_wrong_pack_names_file_and_key_and_leaves_nothing_behind(
    small: Any, file: str, content: Any, complaint: str
) -> None:
    small(file, content)
    with pytest.raises(CommandError, match=complaint):
        load("mars")
    assert not HomePage.objects.exists()
    assert not Territory.objects.exists()


def test_an_empty_site_has_a_first_page_of_its_own(client) -> None:
    for said in ("Готово", "ничего не изменили"):
        out = StringIO()
        call_command("load_region", "none", stdout=out)
        assert said in out.getvalue()
    page = client.get("/").content.decode()
    assert "осталось его наполнить" in page.replace("\xa0", " ") and 'href="/admin/"' in page
    assert "Wagtail" not in page and HomePage.objects.count() == 1
