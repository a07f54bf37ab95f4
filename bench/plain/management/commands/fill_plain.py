from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page, Site

from bench.plain.models import FormField, FormPage, InfoPage

_FIELDS = (
    *((f"Ваше имя {number}", "singleline", "") for number in range(5)),
    ("Почта", "email", ""),
    ("Район", "dropdown", "Иркутск,Ангарск,Братск"),
    ("Кому нужна помощь", "radio", "Мне,Супругу,Родителям"),
    ("Какая помощь", "checkboxes", "Юрист,Психолог,Деньги"),
    ("Расскажите", "multiline", ""),
    ("Когда позвонить", "singleline", ""),
    ("Согласие", "checkbox", ""),
)


class Command(BaseCommand):
    """Fills the plain site: a first page, an information page, a form."""

    help = "Наполняет простой сайт для сравнения."

    def handle(self, *args: Any, **options: Any) -> None:
        root = Page.objects.get(depth=1)
        Page.objects.filter(depth=2).delete()
        root.refresh_from_db()
        text = "<p>" + "Центр помогает участникам и их семьям. " * 20 + "</p>"
        home = root.add_child(instance=InfoPage(title="Главная", slug="home", body=text))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
        )
        home.add_child(instance=InfoPage(title="О портале", slug="about", body=text * 5, show_in_menus=True))
        form = home.add_child(instance=FormPage(title="Помощь", slug="help"))
        for order, (label, kind, choices) in enumerate(_FIELDS):
            required = kind not in {"checkboxes"}
            FormField.objects.create(
                page=form, sort_order=order, label=label, field_type=kind, choices=choices, required=required
            )
