"""What the body of a page is made of; one set for standard pages and news."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "link", "document-link", "ul", "ol"]
LINE_FEATURES = ["bold", "link"]


class HeadingBlock(blocks.CharBlock):
    """A heading inside the text; its anchor lets other pages link to it."""

    class Meta:
        icon = "title"
        label = _("Подзаголовок")
        template = "components/blocks/heading.html"


class StepsBlock(blocks.StructBlock):
    """Numbered steps: what to do first, second, third."""

    steps = blocks.ListBlock(blocks.RichTextBlock(features=LINE_FEATURES, label=_("Шаг")), label=_("Шаги"))

    class Meta:
        icon = "list-ol"
        label = _("Шаги по порядку")
        template = "components/blocks/steps.html"


class TicksBlock(blocks.StructBlock):
    """A list with a tick before each line: what is done for people, what to bring."""

    lines = blocks.ListBlock(blocks.RichTextBlock(features=LINE_FEATURES, label=_("Строка")), label=_("Строки"))

    class Meta:
        icon = "tick"
        label = _("Список с галочками")
        template = "components/blocks/ticks.html"


class NoteBlock(blocks.StructBlock):
    """A highlighted note: information, a warning about an exception, or something to keep."""

    kind = blocks.ChoiceBlock(
        choices=[("", _("сведения")), ("warn", _("важное исключение")), ("glow", _("сохраните это"))],
        required=False,
        search_index=False,
        label=_("Вид"),
    )
    title = blocks.CharBlock(required=False, max_length=120, label=_("Заголовок"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Текст"))
    is_demo = blocks.BooleanBlock(required=False, label=_("Вымышлено для демонстрации"))

    class Meta:
        icon = "warning"
        label = _("Заметка")
        template = "components/blocks/note.html"
        help_text = _("Не больше двух заметок на странице: иначе их перестают замечать.")


class FactBlock(blocks.StructBlock):
    """One label and its value."""

    label = blocks.CharBlock(max_length=120, label=_("Что"))
    value = blocks.RichTextBlock(features=LINE_FEATURES, label=_("Значение"))
    is_demo = blocks.BooleanBlock(required=False, label=_("Вымышлено для демонстрации"))


class FactsBlock(blocks.StructBlock):
    """Label and value pairs: addresses, requisites, terms."""

    facts = blocks.ListBlock(FactBlock(label=_("Строка")), label=_("Строки"))

    class Meta:
        icon = "table"
        label = _("Название и значение")
        template = "components/blocks/facts.html"


class LinkValue(blocks.StructValue):
    """The chosen page wins over a typed address."""

    @property
    def url(self) -> str:
        page = self.get("page")
        return str(page.get_url() or "") if page else str(self.get("address") or "")


class LinkCardBlock(blocks.StructBlock):
    """A way onward: one row with a title and a line that says what is there."""

    title = blocks.CharBlock(max_length=120, label=_("Заголовок"))
    text = blocks.CharBlock(required=False, max_length=200, label=_("Пояснение"))
    page = blocks.PageChooserBlock(required=False, label=_("Страница портала"))
    address = blocks.RegexBlock(
        regex=r"^(https://|/(?![/\\])|tel:\+\d|mailto:)",
        required=False,
        search_index=False,
        label=_("или адрес"),
        help_text=_("Начните с https:// или с «/», если это раздел портала."),
        error_messages={"invalid": _("Начните адрес с https:// или с «/».")},
    )

    class Meta:
        icon = "link"
        label = _("Ссылка дальше")
        template = "components/blocks/link_card.html"
        value_class = LinkValue


class PhotoBlock(blocks.StructBlock):
    """A picture inside the text; the description is required, since some people cannot see it."""

    image = ImageChooserBlock(label=_("Картинка"))
    alt = blocks.CharBlock(
        max_length=200, label=_("Что на картинке"), help_text=_("Одно предложение для тех, кто её не видит.")
    )
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Подпись"))

    class Meta:
        icon = "image"
        label = _("Картинка")
        template = "components/blocks/photo.html"


class DocumentBlock(blocks.StructBlock):
    """A document to download, with its kind and size shown before the click."""

    document = DocumentChooserBlock(label=_("Документ"))
    title = blocks.CharBlock(
        required=False, max_length=200, label=_("Название"), help_text=_("Если пусто, возьмём название документа.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Документ для скачивания")
        template = "components/blocks/document.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words with their name."""

    text = blocks.TextBlock(label=_("Слова"))
    author = blocks.CharBlock(required=False, max_length=160, label=_("Кто сказал"))

    class Meta:
        icon = "openquote"
        label = _("Цитата")
        template = "components/blocks/quote.html"


class AnswerBlock(blocks.StructBlock):
    """A question as people ask it, and the answer; folded until it is opened."""

    question = blocks.CharBlock(max_length=200, label=_("Вопрос"))
    answer = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Ответ"))

    class Meta:
        icon = "help"
        label = _("Вопрос и ответ")
        template = "components/blocks/answer.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page, top to bottom."""

    heading = HeadingBlock(max_length=120)
    text = blocks.RichTextBlock(
        features=TEXT_FEATURES, label=_("Текст"), icon="pilcrow", template="components/blocks/text.html"
    )
    steps = StepsBlock()
    ticks = TicksBlock()
    note = NoteBlock()
    facts = FactsBlock()
    link = LinkCardBlock()
    photo = PhotoBlock()
    document = DocumentBlock()
    quote = QuoteBlock()
    answer = AnswerBlock()

    class Meta:
        label = _("Содержание")


def plain_text(value: Any) -> str:
    """All words of a stream, for the search: what blocks call searchable, without mark-up."""
    parts = value.stream_block.get_searchable_content(value) if value else []
    return " ".join(strip_tags(str(part)).strip() for part in parts)
