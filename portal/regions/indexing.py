"""Search and usage indexes once for each page of a pack, at the end: every save of a page would fill them anew."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Saves inside leave the indexes alone; afterwards the pages that were made inside are entered.

    For a process that does nothing else meanwhile: signal handlers are disconnected for all of it.
    """
    models = get_indexed_models()
    newest = max(Page.objects.values_list("pk", flat=True), default=0)
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            if getattr(model, "search_auto_update", True):
                post_save.connect(post_save_signal_handler, sender=model)
    _enter(list(Page.objects.filter(pk__gt=newest).specific()))


def _enter(pages: list[Page]) -> None:
    by_model: dict[type[Page], list[Page]] = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page)
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        for model, of_model in by_model.items():
            backend.add_bulk(model, of_model)
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
