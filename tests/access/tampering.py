"""Changes to the database that the software would not make."""

from __future__ import annotations

from django.db import connection

from toolbox.access import append_only


def beside(statement: str) -> None:
    """As somebody would who owns the database: past the software, with the triggers out of the way."""
    append_only.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    append_only.install(connection)
