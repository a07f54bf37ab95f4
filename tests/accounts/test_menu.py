"""Each role sees its own menu and nothing else; the lists here are what a person of that role reads on the left."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from accounts import roles
from tests.factories import forms
from tests.factories import home as site

pytestmark = pytest.mark.django_db
_QUEUE = ["Очередь"]
_CALLS = [*_QUEUE, "Принять звонок"]
_MENUS = {
    "press": [
        "Страницы",
        "Центры и помощь",
        "Особые часы многих центров",
        "Муниципалитеты",
        "Особые дни календаря",
        "Жизненные ситуации",
        "Кому положено",
        "Поиск по сайту",
        "Синонимы",
        "Ничего не нашлось",
        "Изображения",
        "Документы",
        "Отчеты",
        "Давно не проверяли",
        "Меры: что поправить",
        "Помогают ли ответы",
        "Заблокированные страницы",
        "Рабочие процессы",
        "Задачи рабочего процесса",
        "История действий на сайте",
        "Устаревающие страницы",
        "Использование типов страниц",
        "Настройки",
        "Сведения о портале",
        "Перенаправления",
    ],
    "formeditor": ["Страницы", "Формы", "Новая форма", "Блоки вопросов"],
    "operator": [*_CALLS, "Встречи"],
    "reviewer": [*_CALLS, "Встречи", "Настройки", "Отсутствия"],
    "lead": [
        *_CALLS,
        "Встречи",
        "Отчёт по вопросам",
        "Шаблоны ответов",
        "Настройки",
        "Отсутствия",
        "Вопросы без карточки",
    ],
    "manager": [*_QUEUE, "Встречи", "Отчёт по вопросам", "Журнал"],
}
_OF_EVERYBODY = {"Аккаунт", "Выйти"}


def labels(client: Client) -> list[str]:
    """What the sidebar of the admin's first page shows, in order."""
    html = client.get("/admin/").content.decode()
    found = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found, "the sidebar has moved"
    return [label for label in _walk(json.loads(found[1])) if label not in _OF_EVERYBODY]


def _walk(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["label"]] if "name" in node and "label" in node else []
        return own + [label for value in node.values() for label in _walk(value)]
    if isinstance(node, list):
        return [label for value in node for label in _walk(value)]
    return []


@pytest.mark.parametrize("role", _MENUS)
def test_the_menu_of_a_role(signed_in: Any, role: str) -> None:
    site.news_index(site.site())
    forms.form_page()
    roles.grant_page_rights()
    assert labels(signed_in(role)) == _MENUS[role]


def test_no_role_is_forgotten() -> None:
    assert {each.key for each in roles.ROLES} == set(_MENUS) | {"admin"}


@pytest.mark.parametrize(("role", "pages"), [("operator", False), ("manager", False), ("press", True), ("admin", True)])
def test_who_edits_no_page_is_not_offered_to_search_for_pages(signed_in: Any, role: str, pages: bool) -> None:
    site.whole_site()
    roles.grant_page_rights()
    html = signed_in(role).get("/admin/").content.decode()
    assert ('role="search"' in html) is pages
