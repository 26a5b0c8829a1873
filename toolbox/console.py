"""The `toolbox` command: each subcommand in a function of its own, heavy imports only where they are used.

`evaluate` and `costs` stand apart: they import inclusion_rules and nothing of Django.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import BinaryIO


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand. Returns its exit code; argparse exits with 2 and a usage line on a wrong word."""
    parser = argparse.ArgumentParser(prog="toolbox", description="The inclusion toolbox's own command.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the site on PORT (8000), and send its mail")
    serve.add_argument("--workers", type=int, default=1, help="web processes (1)")
    serve.set_defaults(run=_serve)

    evaluate = commands.add_parser("evaluate", help="answer calculations, one JSON object a line")
    evaluate.set_defaults(run=_evaluate)

    costs = commands.add_parser(
        "costs",
        help="tell what the positions in a file cost, row by row",
        description="Answers go to standard output, what is wrong with a row to standard error. Exit code: 0 "
        "when every row was answered, 1 when some were not, 2 when the file or a word here cannot be used.",
    )
    costs.add_argument("file", metavar="FILE", help="CSV or NDJSON; - is standard input")
    costs.add_argument(
        "--format", choices=("csv", "ndjson"), default="ndjson", help="of the answers (ndjson)"
    )
    costs.add_argument("--language", choices=("nb", "nn", "en"), default="nb", help="of the errors (nb)")
    costs.add_argument(
        "--rate",
        action="append",
        default=[],
        metavar="KEY=VALUE[@DATE]",
        help="what if the rate were VALUE from DATE on; may be repeated",
    )
    costs.add_argument("--on", metavar="DATE", help="the day for a --rate without a DATE of its own")
    costs.set_defaults(run=_costs)

    load = commands.add_parser("load-content", help="bring the database in step with content/")
    load.set_defaults(run=_load_content)

    directory = commands.add_parser("import-directory", help="load the directory of helpers alone")
    directory.set_defaults(run=_import_directory)

    purge = commands.add_parser("purge", help="tell what has expired; delete it with --delete")
    purge.add_argument("--delete", action="store_true", help="delete, instead of only counting")
    purge.set_defaults(run=_purge)

    outbox = commands.add_parser(
        "outbox",
        help="tell what waits to be sent, and what needs somebody",
        description="Exit code 1 when a message needs somebody: it was given up, or may not have arrived.",
    )
    do = outbox.add_mutually_exclusive_group()
    do.add_argument("--send", action="store_true", help="send what is due now")
    do.add_argument("--send-again", type=int, metavar="ID", help="send a message that needs somebody anew")
    do.add_argument(
        "--work",
        type=int,
        nargs="?",
        const=0,
        metavar="PID",
        help="go on sending; with PID, as long as that is the parent process",
    )
    outbox.set_defaults(run=_outbox)

    demo = commands.add_parser(
        "demo", help="print a link for each role that signs in once; not in production"
    )
    demo.set_defaults(run=_demo)

    staff = commands.add_parser(
        "staff", help="give the account of an e-mail address a staff role, or take it away"
    )
    staff.add_argument("role", choices=["editor", "programme_owner", "operator"])
    staff.add_argument("address", metavar="ADDRESS")
    staff.add_argument("--take-away", action="store_true", help="take the role away")
    staff.set_defaults(run=_staff)

    check = commands.add_parser(
        "audit-check",
        help="tell whether the audit log is whole",
        description="Exit code 1 when something was removed, changed or added beside the software.",
    )
    check.set_defaults(run=_audit_check)

    role = commands.add_parser("database-role", help="let the site's PostgreSQL role add to the log, no more")
    role.add_argument("role", metavar="ROLE")
    role.set_defaults(run=_database_role)

    hold = commands.add_parser("legal-hold", help="erase nothing of the account of an e-mail address")
    hold.add_argument("address", metavar="ADDRESS")
    hold.add_argument("--lift", action="store_true", help="let the periods decide again")
    hold.set_defaults(run=_legal_hold)

    erased = commands.add_parser("erased", help="print the ledger of erased accounts, to keep beside backups")
    erased.add_argument("--again", metavar="FILE", help="after a restore: erase those in the ledger anew")
    erased.set_defaults(run=_erased)

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
    from toolbox.guide import saved
    from toolbox.mapping import drafts
    from toolbox.tools.read import tools_of_files
    from toolbox.ui.clock import today

    # A tool that cannot be used stops the start, and the message says what to write instead. The processes
    # that serve take over what was read.
    tools_of_files()
    for room in (saved, drafts):
        room.expired(today()).delete()

    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    from toolbox.outbox.worker import worker_beside

    port = int(os.environ.get("PORT", "8000"))
    print(f"Inkluderingsverktøykassen: http://localhost:{port}/", flush=True)
    if not settings.EMAIL_HOST:
        print(f"No mail server is set: messages become files in {settings.MAIL_FOLDER}", flush=True)
    server = Granian(
        "config.wsgi:application",
        address="0.0.0.0",
        port=port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=4,
        log_enabled=True,
        log_access=False,
    )
    with worker_beside():
        server.serve()
    return 0


def _evaluate(chosen: argparse.Namespace) -> int:
    from toolbox.evaluate import run

    return run(sys.stdin.buffer, sys.stdout.buffer)


def _costs(chosen: argparse.Namespace) -> int:
    from inclusion_rules.cost_file import (
        Answer,
        answers,
        csv_header,
        csv_lines,
        json_line,
        lines_of,
        supposed,
    )
    from inclusion_rules.rates import NotSupposable, shipped_rates

    try:
        rates = supposed(shipped_rates(), chosen.rate, chosen.on)
        source = sys.stdin.buffer if chosen.file == "-" else open(chosen.file, "rb")  # noqa: SIM115
    except (NotSupposable, OSError) as error:
        print(f"toolbox costs: {error}", file=sys.stderr)
        return 2
    code, read = 0, 0
    with source:
        progress = _Progress(source)
        try:
            if chosen.format == "csv":
                print(csv_header())
            for told in answers(lines_of(source), rates=rates):
                progress.clear()
                if isinstance(told, Answer):
                    lines = csv_lines(told) if chosen.format == "csv" else [json_line(told, chosen.language)]
                    print(*lines, sep="\n")
                else:
                    code = 1
                    print(json_line(told, chosen.language), file=sys.stderr)
                read += 1
                progress.show(read)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read the answers has heard enough. Nothing more may be written, also not at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        progress.clear()
    return code


class _Progress:
    """How much of a file is read, on one line of a terminal. Says nothing where nobody watches."""

    EVERY = 2_000
    WIDTH = 30

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._shown = False
        size = os.fstat(source.fileno()).st_size if source.seekable() else 0
        self._size = size if sys.stderr.isatty() else 0

    def show(self, rows: int) -> None:
        if not self._size or rows % self.EVERY:
            return
        part = min(1.0, self._source.tell() / self._size)
        bar = "█" * round(part * self.WIDTH)
        print(f"\r{bar:░<{self.WIDTH}} {part:4.0%} {rows:,}", end="", file=sys.stderr, flush=True)
        self._shown = True

    def clear(self) -> None:
        """Make room for what else is to be said."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._shown = False


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
    from django.utils import timezone

    from toolbox.access import retention
    from toolbox.guide import remeasure, saved
    from toolbox.mapping import drafts
    from toolbox.outbox import queue
    from toolbox.publishing import reports
    from toolbox.ui import steps
    from toolbox.ui.clock import now, today

    reminders = remeasure.due(today()).count()
    if chosen.delete:
        remeasure.send_due(today())
    sent = "sent" if chosen.delete else "due; send them with --delete"
    print(f"reminders of the mapping: {reminders} {sent}")
    done = "deleted" if chosen.delete else "expired; delete them with --delete"
    for name, expired in (
        ("saved results", saved.expired),
        ("mappings", drafts.expired),
        ("responses to the mapping", drafts.expired_responses),
        ("counts of steps", steps.expired),
        ("reports of errors", reports.expired),
    ):
        old = expired(today())
        count = old.count()
        if chosen.delete:
            old.delete()
        print(f"{name}: {count} {done}")
    texts, rows = queue.purge(timezone.now(), delete=chosen.delete)
    print(f"texts and addresses of messages: {texts} {done}")
    print(f"messages: {rows} {done}")
    for what, count in retention.purge(today(), now(), delete=chosen.delete):
        print(f"{what}: {count}", flush=True)
    return 0


def _audit_check(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.access import audit, consent

    problems = [*audit.check(), *consent.check()]
    for problem in problems:
        print(f"audit entry {problem.number}: {problem.words}")
    print(f"audit log: {audit.extent()}")
    return 1 if problems else 0


def _database_role(chosen: argparse.Namespace) -> int:
    _django()
    from django.db import connection

    from toolbox.access.append_only import NotARole, limit_role

    try:
        limit_role(connection, chosen.role)
    except NotARole as error:
        print(f"toolbox database-role: {error}", file=sys.stderr)
        return 2
    return 0


def _legal_hold(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.access import retention
    from toolbox.access.addresses import NotAnAddress, one_form
    from toolbox.access.models import Account
    from toolbox.ui.clock import now, today

    try:
        account = Account.objects.get(email=one_form(chosen.address))
    except (NotAnAddress, Account.DoesNotExist):
        print("toolbox legal-hold: no account has that address.", file=sys.stderr)
        return 2
    if chosen.lift:
        retention.release(account, now())
    else:
        retention.hold(account, today(), now())
    return 0


def _erased(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.access import retention
    from toolbox.ui.clock import now, today

    if not chosen.again:
        for each in retention.ledger():
            print(each)
        return 0
    with open(chosen.again, encoding="ascii") as file:
        count = retention.erase_again((line.strip() for line in file if line.strip()), today(), now())
    print(f"erased again: {count}")
    return 0


def _outbox(chosen: argparse.Namespace) -> int:
    _django()
    from django.db.models import Count
    from django.utils import timezone

    from toolbox.outbox.models import Message
    from toolbox.outbox.queue import needs_somebody, send_again
    from toolbox.outbox.sending import send_due
    from toolbox.outbox.worker import work

    if chosen.work is not None:
        work(chosen.work)
        return 0
    if chosen.send_again is not None and not send_again(chosen.send_again):
        print(f"toolbox outbox: message {chosen.send_again} does not need anybody", file=sys.stderr)
        return 2
    if chosen.send:
        print(f"dealt with: {send_due(timezone.now())}")
    for state, count in Message.objects.values_list("state").annotate(Count("pk")).order_by("state"):
        print(f"{state}: {count}")
    stuck = needs_somebody()
    for message in stuck:
        print(f"{message}, queued {message.queued_at:%Y-%m-%d %H:%M} UTC, {message.reason}")
    return 1 if stuck else 0


def _demo(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.access import demo

    try:
        for role, account in demo.people().items():
            print(f"{role:16} {account.name:16} {demo.link(account)}")
    except demo.NotADemonstration as error:
        print(f"toolbox demo: {error}", file=sys.stderr)
        return 2
    return 0


def _staff(chosen: argparse.Namespace) -> int:
    _django()
    from toolbox.access.addresses import NotAnAddress
    from toolbox.access.staff import give_by_address, take_away_by_address
    from toolbox.ui.clock import now

    try:
        if chosen.take_away:
            gone = take_away_by_address(chosen.address, chosen.role, at=now())
            print(f"{chosen.address} {'is no longer' if gone else 'was not'} {chosen.role}.")
        else:
            new = give_by_address(chosen.address, chosen.role)
            print(
                f"{chosen.address} is {'now' if new else 'already'} {chosen.role}, and signs in with a code."
            )
    except NotAnAddress:
        print(f"toolbox staff: {chosen.address} is not an e-mail address we can send to.", file=sys.stderr)
        return 2
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
