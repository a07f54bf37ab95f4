"""Records of what the centres offer."""

from .territory import Territory

__all__ = ["Territory"]
