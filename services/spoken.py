"""What a voice assistant or a bot says of a place: whole sentences, without abbreviations of ours."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from services.centre_words import Row
    from services.models.finding import Answer


def sentence(municipality: str, answer: "Answer") -> str:
    """Where to turn, whether it is open, the telephone, and the way round while it is closed."""
    if answer.first is None:
        return _("{name}: места, где помогут, пока не указаны.").format(name=municipality)
    head = _("{name}: вам поможет {place}.") if answer.own else _("{name}: своего пункта нет, вам поможет {place}.")
    said = [head.format(name=municipality, place=_lower(answer.first.centre.title)), *_where(answer.first)]
    if answer.instead:
        way = (
            _("Пока можно обратиться сюда: {place}.")
            if answer.instead.state.is_open
            else _("Раньше откроется {place}.")
        )
        said.append(way.format(place=_lower(answer.instead.centre.title)))
        said += [each for each in _where(answer.instead) if each not in said]
    return " ".join(said)


def which(names: list[str]) -> str:
    """Asks which of several was meant."""
    return _("Уточните, что вы имеете в виду: {names}?").format(names=_(" или ").join(names))


def unknown(phone: str) -> str:
    """Nobody knows the name."""
    asked = _("Не нашли такое название. Назовите город, село или район.")
    return f"{asked} {_('Или позвоните: {phone}.').format(phone=phone)}" if phone else asked


def _where(row: "Row") -> list[str]:
    centre = row.centre
    address = ", ".join(part for part in (centre.address, _plain(centre.floor)) if part)
    said = [_("Адрес: {address}.").format(address=address)] if address else []
    said.append(f"{row.state.words}.")
    for phone in centre.phones.all()[:1]:
        said.append(_("Телефон {phone}.").format(phone=phone.shown))
        if phone.is_recorded:
            said.append(_("Разговор записывают."))
    return said


def _plain(text: str) -> str:
    return text.replace("[демо]", "").strip()


def _lower(title: str) -> str:
    """«Кабинет …» in the middle of a sentence; a word all in capitals stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
