"""What every answered page asks of the database, written out as SQL that SQLite and PostgreSQL both read.

Building these four anew as Django's queries took more time than the database needs to answer them
(benchmarks/mapping.py). Everything asked more seldom goes through the models.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from django.db import connection
from django.db.models import DateField

from toolbox.mapping.models import Mapping

_FIELDS = Mapping._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
#: Days and moments, with their place in a row: SQLite keeps them as text.
_DAYS = [
    (place, field.get_col(Mapping._meta.db_table))
    for place, field in enumerate(_FIELDS)
    if isinstance(field, DateField)
]
_FIND = {
    column: f"SELECT {', '.join(_NAMES)} FROM mapping_mapping WHERE {column} = %s AND expires_on >= %s"
    for column in ("token_hash", "read_hash", "code_hash")
}
_HELD = "SELECT item, value FROM mapping_answered WHERE mapping_id = %s"
_TOUCH = """UPDATE mapping_mapping
    SET saved_at = %s, expires_on = CASE WHEN expires_on < %s THEN %s ELSE expires_on END
    WHERE id = %s AND version = %s"""
_KEEP = """INSERT INTO mapping_answered (mapping_id, item, value) VALUES (%s, %s, %s)
    ON CONFLICT (mapping_id, item) DO UPDATE SET value = excluded.value"""


def find(column: Literal["token_hash", "read_hash", "code_hash"], hashed: str, on: date) -> Mapping | None:
    """The mapping with this hash, unless its last day is before `on`."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[column], [hashed, connection.ops.adapt_datefield_value(on)])
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, of in _DAYS:
        for convert in connection.ops.get_db_converters(of):
            values[place] = convert(values[place], of, connection)
    return Mapping.from_db(connection.alias, _NAMES, values)


def held(mapping_id: int) -> list[tuple[str, str]]:
    """(question, answer as JSON) of all that is not sent in yet."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [mapping_id])
        return cursor.fetchall()


def touch(mapping_id: int, *, version: int, now: datetime, last: date) -> bool:
    """Note that something is saved, and let the mapping live at least until `last`.

    False, and nothing is changed, when `version` is not the one that stands. Holds the row until the
    transaction is over.
    """
    moment, day = connection.ops.adapt_datetimefield_value(now), connection.ops.adapt_datefield_value(last)
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, [moment, day, day, mapping_id, version])
        return cursor.rowcount == 1


def keep(mapping_id: int, answers: Iterable[tuple[str, str]]) -> None:
    """Keep answers as `held` gives them, over those the same questions had."""
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP, [(mapping_id, name, value) for name, value in answers])
