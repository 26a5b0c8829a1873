"""The rates in force for the site: one book, chosen by the RATE_BOOK setting."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from inclusion_rules.rates import RateBook


@lru_cache(maxsize=1)
def _door() -> Callable[[], RateBook]:
    return import_string(settings.RATE_BOOK)


def current_book() -> RateBook:
    """The book that pages use: the files, and the changes that editors have approved."""
    return _door()()
