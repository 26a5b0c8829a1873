"""Where Django looks for this room's tables."""

from toolbox.ui.content_revision import ContentRevision

__all__ = ["ContentRevision"]
