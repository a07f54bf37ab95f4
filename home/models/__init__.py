"""Pages and settings of the site itself."""

from .base import BasePage

__all__ = ["BasePage"]
