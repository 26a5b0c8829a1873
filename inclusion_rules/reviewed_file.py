"""A YAML file of ours, as it stands under review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

#: The one in C reads ten times as fast, and is there wherever libyaml is.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(content: Path | bytes) -> Any:
    """What the file, or its content, holds; None when it is empty. yaml.YAMLError tells line and column."""
    return yaml.load(content if isinstance(content, bytes) else content.read_bytes(), Loader=_LOADER)
