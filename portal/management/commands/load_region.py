import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.regions import empty, packs
from portal.regions.loading import load


class Command(BaseCommand):
    """Fills an empty portal with a region's pack; repeating it adds only what was never laid."""

    help = "Загружает набор региона: муниципалитеты, страницы, формы, демо-сотрудников."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("region", nargs="?", help="Название набора, например irkutsk; none: одна пустая главная.")
        parser.add_argument("--list", action="store_true", help="Показать, какие наборы есть.")
        parser.add_argument(
            "--password-file", type=Path, help="Файл с паролем демо-сотрудников (иначе PORTAL_DEMO_PASSWORD)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self.stdout.write("\n".join(packs.known()))
            return
        if not options["region"]:
            raise CommandError(f"Назовите регион. Есть: {', '.join(packs.known())}.")
        if options["region"] == "none":
            self.stdout.write("Готово." if empty.begin() else "Главная страница уже есть, ничего не изменили.")
            return
        try:
            changed = load(options["region"], _password(options["password_file"]), self.stdout.write)
        except packs.PackError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Готово." if changed else "Всё уже загружено, ничего не изменили.")


def _password(file: Path | None) -> str:
    if file is None:
        return os.environ.get("PORTAL_DEMO_PASSWORD", "")
    try:
        return file.read_text("utf-8").strip()
    except OSError as error:
        raise CommandError(f"Файл с паролем не читается: {error}") from error
