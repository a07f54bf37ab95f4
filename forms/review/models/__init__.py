"""What staff arrange for themselves in the queue, and what the worker does for them."""

from .batch import Batch, BatchItem
from .export import Export
from .views import ColumnChoice, SavedView

__all__ = ["Batch", "BatchItem", "ColumnChoice", "Export", "SavedView"]
