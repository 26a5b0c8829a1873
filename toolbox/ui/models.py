"""Where Django looks for this room's tables."""

from toolbox.ui.content_revision import ContentRevision
from toolbox.ui.steps import StepCount

__all__ = ["ContentRevision", "StepCount"]
