"""Print the figures of every module here, or of those named: `python -m benchmarks evaluate`."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import benchmarks

names = [module.name for module in iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
unknown = set(sys.argv[1:]) - set(names)
if unknown:
    sys.exit(f"no benchmark {', '.join(sorted(unknown))}: use {', '.join(names)}")
for name in sys.argv[1:] or names:
    for figure in import_module(f"benchmarks.{name}").figures():
        print(figure, flush=True)
