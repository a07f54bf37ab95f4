"""Pages and settings of the site itself."""

from .base import BasePage
from .home_page import HomePage
from .news import NewsIndexPage, NewsPage
from .settings import SiteSettings
from .standard import StandardPage

__all__ = ["BasePage", "HomePage", "NewsIndexPage", "NewsPage", "SiteSettings", "StandardPage"]
