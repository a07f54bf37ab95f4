"""News as RSS."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import NewsPage
from home.settings import frame

_ITEMS = 20


class NewsFeed(Feed):
    """The last twenty news, newest first."""

    link = "/news/"
    description = _("Новости портала")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return frame(request)

    def title(self, obj: Any) -> str:
        return f"{obj.brand}, {obj.region}" if obj.region else obj.brand

    def items(self) -> list[NewsPage]:
        return list(NewsPage.objects.for_list()[:_ITEMS])

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.lead

    def item_link(self, item: NewsPage) -> str:
        return item.get_url() or "/news/"

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))
