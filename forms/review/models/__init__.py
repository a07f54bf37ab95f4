"""What staff arrange for themselves in the queue, what the worker does for them, and who looks at what."""

from .batch import Batch, BatchItem
from .export import Export
from .presence import Presence
from .views import ColumnChoice, SavedView

__all__ = ["Batch", "BatchItem", "ColumnChoice", "Export", "Presence", "SavedView"]
