"""Generated examples: the same in every run, and nothing kept between runs."""

from __future__ import annotations

import tempfile

from hypothesis import configuration, settings

# Hypothesis keeps notes beside the tests unless it is told another place.
configuration.set_hypothesis_home_dir(tempfile.gettempdir())
settings.register_profile("toolbox", derandomize=True, database=None, deadline=None)
settings.load_profile("toolbox")
