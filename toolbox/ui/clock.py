"""The one door to the clock. Everybody else is told what day it is."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in Oslo, or the day TOOLBOX_TODAY holds."""
    return settings.TOOLBOX_TODAY or timezone.localdate()


def now() -> datetime:
    """This instant, in UTC terms; moved to TOOLBOX_TODAY's day when the clock is held."""
    instant = timezone.now()
    if settings.TOOLBOX_TODAY:
        return instant + (settings.TOOLBOX_TODAY - timezone.localdate())
    return instant
