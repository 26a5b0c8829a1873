"""The site's own settings, with one address more: an empty view to measure the others against."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks._urls"
