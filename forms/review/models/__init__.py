"""What staff arrange for themselves in the queue, and what the worker does for them."""

from .export import Export
from .views import ColumnChoice, SavedView

__all__ = ["ColumnChoice", "Export", "SavedView"]
