"""Pages and settings of the site itself."""

from .answers import AnswerPage, AnswersPage, Opinion
from .base import BasePage
from .home_page import HomePage
from .news import NewsIndexPage, NewsPage
from .search import MissedSearch, Synonym
from .settings import SiteSettings
from .standard import StandardPage

__all__ = [
    "AnswerPage",
    "AnswersPage",
    "BasePage",
    "HomePage",
    "MissedSearch",
    "NewsIndexPage",
    "NewsPage",
    "Opinion",
    "SiteSettings",
    "StandardPage",
    "Synonym",
]
