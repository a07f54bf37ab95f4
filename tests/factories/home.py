"""A small site: `site()` makes the home page and its frame, the others add pages to it."""

from datetime import date
from typing import Any

from wagtail.models import Page, Site

from home.models import AnswerPage, AnswersPage, HomePage, NewsIndexPage, NewsPage, SiteSettings, StandardPage

BODY = [
    ("heading", "Кто поможет"),
    ("text", "<p>Психолог для <b>детей</b> и взрослых. Юрист подскажет, какие выплаты положены.</p>"),
    ("steps", {"steps": ["<p>Позвоните.</p>", "<p>Назовём дату ответа.</p>"]}),
    ("ticks", {"lines": ["<p><b>Психолог</b> очно</p>", "<p>Юрист по видеосвязи</p>"]}),
    ("note", {"kind": "warn", "title": "Праздники", "text": "<p>31 декабря — до 16:00.</p>", "is_demo": True}),
    ("facts", {"facts": [{"label": "Адрес", "value": "<p>ул. Софьи Перовской, 30/1</p>", "is_demo": False}]}),
    ("link", {"title": "Меры поддержки", "text": "Что положено", "page": None, "address": "/measures/"}),
    ("quote", {"text": "Каждое обращение рассматриваем подробно.", "author": "Из обещания центра"}),
    ("answer", {"question": "Можно ли прийти без записи?", "answer": "<p>Да, в часы работы.</p>"}),
]


def site(**settings: Any) -> HomePage:
    """The home page below the root, the default site and its settings."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).exclude(content_type__model="homepage").delete()
    root.refresh_from_db()
    home = HomePage.objects.first() or root.add_child(
        instance=HomePage(
            title="Помощь семьям",
            slug="home",
            hero_title="Подскажем, что вам положено, и доведём дело до результата",
            lead="Помогаем участникам СВО и их семьям.",
        )
    )
    default, _ = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    values = {
        "brand_name": "Поддержка семей участников СВО",
        "region_name": "Иркутская область",
        "ministry": "министерство социального развития Иркутской области",
        "phone": "+78006000000",
        "phone_shown": "8 800 6 000 000",
        "phone_note": "бесплатно по России",
        "phone_hours": "Ежедневно с 8:00 до 20:00 по времени Иркутска",
        "number_prefix": "38",
        "is_demo_site": True,
    } | settings
    stored = SiteSettings.for_site(default)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save()
    return home


def standard(parent: Page, title: str = "О портале", slug: str = "about", **fields: Any) -> StandardPage:
    """A page of text with every kind of block unless `body` says otherwise."""
    values = {"lead": "Кто мы и чем помогаем.", "body": BODY, "checked_on": date(2026, 11, 24)} | fields
    return parent.add_child(instance=StandardPage(title=title, slug=slug, **values))


def news_index(parent: Page, **fields: Any) -> NewsIndexPage:
    """«Новости» in the menu."""
    return parent.add_child(
        instance=NewsIndexPage(title="Новости", slug="news", show_in_menus=True, lead="Что нового.", **fields)
    )


def news(parent: Page, title: str = "Открыт новый пункт", slug: str = "punkt", **fields: Any) -> NewsPage:
    """One piece of news of 23 November 2026."""
    values = {"date": date(2026, 11, 23), "lead": "В Ангарске открыт пункт.", "body": BODY} | fields
    return parent.add_child(instance=NewsPage(title=title, slug=slug, **values))


def whole_site() -> HomePage:
    """Home, a page of text in each column of the footer, three news: one of every public template of this room."""
    home = site()
    standard(home, footer_column="about")
    standard(home, title="Персональные данные", slug="privacy", footer_column="rules", body=[])
    index = news_index(home)
    for number in range(3):
        news(index, title=f"Выплаты на детей: новость {number}", slug=f"n{number}", is_demo=True)
    return home


def answers() -> list[AnswerPage]:
    """«Вопросы и ответы» with three questions in two topics."""
    home = HomePage.objects.first() or site()
    section = home.add_child(instance=AnswersPage(title="Вопросы и ответы", slug="answers", lead="Что спрашивают."))
    asked = [("Приём", "Можно ли прийти без записи?"), ("Документы", "Что взять с собой?"), ("Приём", "Юрист платный?")]
    return [
        section.add_child(
            instance=AnswerPage(
                title=title,
                slug=f"q{number}",
                topic=topic,
                lead="Коротко: да.",
                body=BODY,
                checked_on=date(2026, 11, 24),
            )
        )
        for number, (topic, title) in enumerate(asked)
    ]
