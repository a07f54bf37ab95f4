"""Pages and settings of the site itself."""

from .base import BasePage
from .home_page import HomePage
from .news import NewsIndexPage, NewsPage
from .search import MissedSearch, Synonym
from .settings import SiteSettings
from .standard import StandardPage

__all__ = [
    "BasePage",
    "HomePage",
    "MissedSearch",
    "NewsIndexPage",
    "NewsPage",
    "SiteSettings",
    "StandardPage",
    "Synonym",
]
