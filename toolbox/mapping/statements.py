"""What every answered page asks of the database, written out as SQL that SQLite and PostgreSQL both read.

Building these three anew as Django's queries took more time than the database needs to answer them
(benchmarks/mapping.py). Everything asked more seldom goes through the models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

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
_COLUMNS = ", ".join(f"mapping_mapping.{field.column}" for field in _FIELDS)
_FIND = f"""SELECT {_COLUMNS}, item, value FROM mapping_mapping
    LEFT JOIN mapping_answered ON mapping_answered.mapping_id = mapping_mapping.id
    WHERE token_hash = %s AND expires_on >= %s"""
_TOUCH = """UPDATE mapping_mapping
    SET saved_at = %s, expires_on = CASE WHEN expires_on < %s THEN %s ELSE expires_on END
    WHERE id = %s AND version = %s"""
_KEEP = """INSERT INTO mapping_answered (mapping_id, item, value) VALUES {rows}
    ON CONFLICT (mapping_id, item) DO UPDATE SET value = excluded.value"""


def find(token_hash: str, on: date) -> tuple[Mapping, list[tuple[str, str]]] | None:
    """The mapping with this token, and (question, answer as JSON) of all that is not sent in yet.

    None when there is none, or its last day is before `on`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [token_hash, connection.ops.adapt_datefield_value(on)])
        rows = cursor.fetchall()
    if not rows:
        return None
    held = [(item, value) for *_, item, value in rows if item is not None]
    return _mapping(rows[0][: len(_NAMES)]), held


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
    """Keep answers, as `find` gives them, over those the same questions had."""
    answers = list(answers)
    if not answers:
        return
    rows = ", ".join(["(%s, %s, %s)"] * len(answers))
    values = [each for name, value in answers for each in (mapping_id, name, value)]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(rows=rows), values)


def _mapping(row: Sequence[Any]) -> Mapping:
    """The mapping of a row with _COLUMNS."""
    values = list(row)
    for place, column in _DAYS:
        for convert in connection.ops.get_db_converters(column):
            values[place] = convert(values[place], column, connection)
    return Mapping.from_db(connection.alias, _NAMES, values)
