"""The `toolbox` command: each subcommand in a function of its own, heavy imports only where they are used.

`evaluate` stands apart: it imports inclusion_rules and nothing of Django.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand. Returns its exit code; argparse exits with 2 and a usage line on a wrong word."""
    parser = argparse.ArgumentParser(prog="toolbox", description="The inclusion toolbox's own command.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the site on PORT (8000)")
    serve.add_argument("--workers", type=int, default=1, help="web processes (1)")
    serve.set_defaults(run=_serve)

    evaluate = commands.add_parser("evaluate", help="answer calculations, one JSON object a line")
    evaluate.set_defaults(run=_evaluate)

    load = commands.add_parser("load-content", help="bring the database in step with content/")
    load.set_defaults(run=_load_content)

    directory = commands.add_parser("import-directory", help="load the directory of helpers alone")
    directory.set_defaults(run=_import_directory)

    purge = commands.add_parser("purge", help="tell what has expired; delete it with --delete")
    purge.add_argument("--delete", action="store_true", help="delete, instead of only counting")
    purge.set_defaults(run=_purge)

    texts = commands.add_parser("texts", help="collect, check or compile the translations")
    what = texts.add_mutually_exclusive_group(required=True)
    what.add_argument("--extract", action="store_true", help="bring the catalogues in step with the texts")
    what.add_argument("--check", action="store_true", help="fail on a missing or fuzzy translation")
    what.add_argument("--compile", action="store_true", help="write the .mo files")
    texts.set_defaults(run=_texts)

    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen))


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _serve(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.guide.saved import expired
    from toolbox.ui.clock import today

    expired(today()).delete()

    from granian import Granian
    from granian.constants import Interfaces

    port = int(os.environ.get("PORT", "8000"))
    print(f"Inkluderingsverktøykassen: http://localhost:{port}/", flush=True)
    Granian(
        "config.wsgi:application",
        address="0.0.0.0",
        port=port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=4,
        log_enabled=True,
        log_access=False,
    ).serve()
    return 0


def _evaluate(chosen: argparse.Namespace) -> int:
    from toolbox.evaluate import run

    return run(sys.stdin.buffer, sys.stdout.buffer)


def _load_content(chosen: argparse.Namespace) -> int:
    _django()
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    return _import_directory(chosen)


def _import_directory(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.directory.seed import load

    print(f"directory: {load()}")
    return 0


def _purge(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.guide.saved import expired
    from toolbox.ui.clock import today

    found = expired(today())
    count = found.count()
    if chosen.delete:
        found.delete()
    print(f"saved results: {count} {'deleted' if chosen.delete else 'expired; delete them with --delete'}")
    return 0


def _texts(chosen: argparse.Namespace) -> int:
    from toolbox.ui import texts

    if chosen.compile:
        texts.compile_all()
        return 0
    if chosen.extract:
        print(f"{texts.update()} catalogues changed; {len(texts.missing())} texts lack a translation")
        return 0
    problems = texts.missing()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
