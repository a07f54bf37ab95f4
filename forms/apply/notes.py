"""Sentences that a redirect asks the next page to show; addresses carry only their names."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .visit import Visit

NOTES: dict[str, str | Promise] = {
    "skipped": _("Сначала ответьте на вопросы этого шага, потом откроется следующий."),
    "unfinished": _(
        "На этом шаге остались изменения, которые ещё не сохранены. Сохраните их, и заявку можно отправлять."
    ),
    "more": _("После ваших ответов появились ещё вопросы. Ответьте и на них."),
    "moved": _("Форма обновилась, пока вы отвечали. Ваши ответы на месте. Проверьте их и ответьте на новые вопросы."),
    "lost": _(
        "Начатой заявки на этом устройстве нет: её отправили с другого устройства, удалили или срок хранения вышел."
    ),
    "answered": _("Ваш ответ получен. Специалист увидит его и продолжит работу."),
    "wrote": _("Сообщение отправлено. Ответ появится на этой странице."),
    "papers": _("Бумаги добавлены к заявке."),
    "back": _("Вы снова вошли. Проверьте, что написали, и отправьте. Файлы, которых здесь нет, выберите ещё раз."),
    "withdrawn": _("Заявка отозвана. Если помощь понадобится снова, подайте новую."),
    "sent": _("Эта заявка уже отправлена. Второй раз отправлять не нужно."),
}


def named(name: str) -> str:
    """The address part that asks for a note."""
    return f"?note={name}"


def of(request: HttpRequest) -> str:
    """The sentence this request asks for; blank if none."""
    return str(NOTES.get(request.GET.get("note", ""), ""))


def back() -> str:
    """After what was written came back with number and code."""
    return str(NOTES["back"])


def beside(request: HttpRequest, visit: Visit) -> str:
    """The same for a page of the journey, which says by itself what changed in the form, question by question."""
    note = of(request) or (str(NOTES["moved"]) if visit.moved else "")
    return "" if visit.news and note == NOTES["moved"] else note
