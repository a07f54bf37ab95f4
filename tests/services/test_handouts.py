"""What leaves the page of a centre: the contact for a telephone, the slip in large type, facts for machines."""

import json
import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contact_card import LONGEST_LINE, escaped, folded
from services.models import CentrePhone, HoursException
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
PHONES = [
    ("+79016679448", "Запись, вопросы; всё", False),
    ("+78006000000", "Контакт-центр", True),
]


@pytest.fixture
def centre():
    return make.centre(
        title="Центр сопровождения семей; Иркутск, область",
        address="Иркутск, ул. Софьи Перовской, 30/1",
        floor="3 этаж [демо]",
        latitude="52.286400",
        longitude="104.280700",
        phones=[CentrePhone(number=number, purpose=words, is_recorded=taped) for number, words, taped in PHONES],
        exceptions=[HoursException(first_day=date(2026, 12, 31), last_day=date(2027, 1, 10), reason="Новогодние дни")],
    )


def unfolded(body: bytes) -> list[str]:
    """As RFC 6350 section 3.2 reads a file."""
    assert body.endswith(b"\r\n")
    assert all(len(line) <= LONGEST_LINE for line in body.split(b"\r\n"))
    return body.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_the_contact_is_a_card_that_telephones_read(client, centre):
    answer = client.get("/centres/semya/contact/")
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="semya.vcf"'
    lines = unfolded(answer.content)
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:org"]
    assert lines[-1] == "END:VCARD"
    for line in (
        r"FN:Центр сопровождения семей\; Иркутск\, область",
        'p1.TEL;VALUE=uri;PREF=1;TYPE="work,voice":tel:+79016679448',
        r"p1.X-ABLABEL:Запись\, вопросы\; всё",
        'p2.TEL;VALUE=uri;PREF=2;TYPE="work,voice":tel:+78006000000',
        "p2.X-ABLABEL:Контакт-центр (разговор записывают)",
        r"ADR;TYPE=work:;;Иркутск\, ул. Софьи Перовской\, 30/1\, 3 этаж;;;;",
        "GEO:geo:52.286400,104.280700",
        "TZ:Asia/Irkutsk",
        r"NOTE:Понедельник – пятница: 9:00–18:00\, обед 13:00–14:00",
        "URL:http://testserver/centres/semya/",
    ):
        assert line in lines, line


@given(st.text(max_size=120))
def test_whatever_an_editor_types_comes_back_and_breaks_no_line(text):
    line = folded(f"NOTE:{escaped(text)}")
    assert all(len(part.encode()) <= LONGEST_LINE for part in line.split("\r\n"))
    value = line.replace("\r\n ", "").removesuffix("\r\n").removeprefix("NOTE:")
    back = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value, flags=re.DOTALL)
    assert back == text.replace("\r\n", "\n").replace("\r", "\n")


def test_the_slip_says_it_large(text, centre):
    page = text("/centres/semya/slip/")
    for words in (
        "<dd>Иркутск, ул. Софьи Перовской, 30/1<br>3 этаж",
        "<dd>9:00–18:00, обед 13:00–14:00</dd>",
        "Контакт-центр, разговор записываем",
        "31 декабря – 10 января: закрыто.",
        "noindex",
    ):
        assert words in page, words
    assert 'href="/centres/semya/slip/"' in text("/centres/semya/")


def test_other_addresses_below_a_centre_are_no_pages(client, centre):
    for address in ("/centres/semya/nothing/", "/centres/semya/slip/more/"):
        assert client.get(address).status_code == 404


def facts_of(page: str) -> dict:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert len(blocks) == 1
    return json.loads(blocks[0])


def test_machines_read_the_week_and_the_days_that_differ(client, centre):
    found = facts_of(client.get("/centres/semya/").content.decode())
    assert (found["@context"], found["@type"]) == ("https://schema.org", "GovernmentOffice")
    assert found["url"] == "http://testserver/centres/semya/"
    assert found["contactPoint"][1] == {
        "@type": "ContactPoint",
        "telephone": "+78006000000",
        "contactType": "Контакт-центр",
    }
    assert found["geo"]["latitude"] == 52.2864
    hours = found["openingHoursSpecification"]
    monday = [each for each in hours if each.get("dayOfWeek") == "https://schema.org/Monday"]
    assert [(each["opens"], each["closes"]) for each in monday] == [("09:00", "13:00"), ("14:00", "18:00")]
    assert hours[-1] == {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": "2026-12-31",
        "validThrough": "2027-01-10",
    }


def test_no_text_ends_the_block(client):
    make.centre(title="Центр", lead="</script><script>alert(1)</script>")
    page = client.get("/centres/semya/").content.decode()
    assert "<script>alert" not in page
    assert facts_of(page)["description"] == "</script><script>alert(1)</script>"


def test_a_place_that_does_not_work_tells_machines_no_hours(client):
    make.centre(state="suspended")
    assert "openingHoursSpecification" not in facts_of(client.get("/centres/semya/").content.decode())


def test_a_place_open_day_and_night_has_times_that_exist(client):
    make.centre(hours=[(day, time(0), time(0), None, None) for day in range(7)])
    found = facts_of(client.get("/centres/semya/").content.decode())
    week = [each for each in found["openingHoursSpecification"] if "dayOfWeek" in each]
    assert {(each["opens"], each["closes"]) for each in week} == {("00:00", "23:59")}


def test_only_a_measure_in_force_is_told_to_machines(client):
    make.measure(
        "vyplata", title="Выплата при ранении", lead="Единовременная выплата", responsible="Министерство обороны"
    )
    found = facts_of(client.get("/measures/vyplata/").content.decode())
    assert (found["@type"], found["name"]) == ("GovernmentService", "Выплата при ранении")
    assert found["provider"] == {"@type": "GovernmentOrganization", "name": "Министерство обороны"}
    make.measure("over", valid_to=date(2026, 11, 24))
    assert "ld+json" not in client.get("/measures/over/").content.decode()


def test_what_a_moved_place_gave_leads_to_the_one_that_works_now(client, text):
    first = make.centre("first", title="Колл-центр", state="moved", works_until=date(2023, 2, 1))
    second = make.centre("second", title="Второй", state="moved", predecessor=first)
    third = make.centre("third", title="Региональный центр", predecessor=second)
    page = text("/centres/first/")
    assert "Теперь здесь: Региональный центр" in page
    assert '<link rel="canonical" href="/centres/third/">' in page
    for handout in ("slip", "contact"):
        answer = client.get(f"/centres/first/{handout}/")
        assert (answer.status_code, answer["Location"]) == (301, f"/centres/third/{handout}/")
    assert 'Прежде вместо него работал: <a href="/centres/second/">' in text("/centres/third/")
    first.predecessor = third  # a circle, should somebody make one
    first.save()
    assert client.get("/centres/first/").status_code == 200


def test_a_centre_names_its_departments_and_they_name_it(text, centre):
    make.centre("otdel", title="Отдел в Братске", kind="department", parent_centre=centre)
    assert "<b>Отдел в Братске</b>" in text("/centres/semya/")
    assert 'Это часть: <a href="/centres/semya/">' in text("/centres/otdel/")
