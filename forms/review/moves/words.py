"""What the screens of the steps say: what a step does, what its button reads, what was done."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications.models import Application
from forms.applications.stages import Move
from home.words import day_month, long_date


def effect(move: Move, application: Application) -> str:
    """What the step changes beside the answer: the date, the queue, who sees it; blank for nothing."""
    due = {"day": day_month(application.due_on)}
    if move.action == "put_off":
        return _("Срок ответа не сдвинется: %(day)s. Нужно больше времени, продлите срок.") % due
    if move.action == "extend":
        return _("Сейчас %(day)s. Новая дата считается от дня получения; выходной сдвинет её на рабочий день.") % due
    if move.action == "hand_over":
        return _("Обращение станет новым в очереди другой команды. Срок ответа не сдвинется: %(day)s.") % due
    if move.action == "reopen":
        return _("Срок сдвинется на дни, когда обращение было закрыто. Прежний ответ останется в переписке.")
    if move.action == "redirect":
        return _forwarding(application)
    if move.action == "mark_spam":
        return _("Заявителю ничего не уйдёт. На странице заявки будет «Обращение закрыто» и телефон.")
    return ""


def _forwarding(application: Application) -> str:
    last = timezone.localdate(application.received_at) + timedelta(days=settings.FORWARDING_DAYS)
    if timezone.localdate() > last:
        return _("Перенаправить полагалось до %(day)s. Объясните человеку, почему вышло позже.") % {
            "day": day_month(last)
        }
    return _("Перенаправить полагается до %(day)s.") % {"day": day_month(last)}


def button(move: Move, application: Application) -> str:
    """What pressing it does."""
    if move.closes and move.letter:
        return _("Отправить и закрыть") if application.email else _("Закрыть обращение")
    return str(move.label)


def done(move: Move, application: Application) -> str:
    """What was done, and how the applicant hears of it."""
    number = {"number": application.public_number}
    if move.action == "take":
        return _("Обращение %(number)s теперь ваше.") % number
    if move.action == "resume":
        return _("Срок снова идёт: ответить до %(day)s.") % {"day": long_date(application.due_on)}
    if not move.letter:
        return f"{move.staff_words}: {application.public_number}."
    told = _("Ответ уйдёт на почту.") if application.email else _("Почты нет: ответ виден по номеру и коду.")
    if move.closes:
        return " ".join((_("Обращение %(number)s закрыто.") % number, told))
    sent = _("Письмо уйдёт на почту.") if application.email else _("Почты нет: сообщите по телефону.")
    return f"{move.staff_words}: {application.public_number}. {sent}"
