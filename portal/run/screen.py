"""The one clear screen that `run` ends on."""

from pathlib import Path

_DEMO = (
    ("press", "редактор сайта"),
    ("formeditor", "редактор форм"),
    ("operator", "оператор"),
    ("reviewer", "специалист"),
    ("reviewer2", "специалист другой группы"),
    ("lead", "руководитель группы"),
    ("manager", "управляющий"),
    ("admin", "администратор"),
)


def started(url: str, password: str, data: Path, region: str) -> str:
    """Address, demo sign-ins, how to stop."""
    lines = ["", "─" * 64, f"Портал работает:        {url}/", f"Вход для сотрудников:   {url}/admin/"]
    if region == "none":
        lines += ["Сайт пуст. Создайте администратора: .venv/bin/python manage.py createsuperuser"]
        lines += [f"  с переменной PORTAL_DATA={data}"]
    else:
        lines += ["", f"Пароль всех учётных записей: {password}"]
        lines += [f"  {name:<12} {what}" for name, what in _DEMO]
    lines += ["", f"Данные лежат в {data}", "Остановить: Ctrl-C", "─" * 64]
    return "\n".join(lines)
