"""What every answered page asks of the database, written out as SQL.

Building these anew as Django's queries took more time than the database needs to answer them
(benchmarks/mapping.py). Everything asked more seldom goes through the models.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import connection, transaction
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
# «WHERE true» tells SQLite that the conflict is the insert's.
_KEEP = """INSERT INTO mapping_answered (mapping_id, item, value)
    SELECT {mapping}, column1, column2 FROM {source} WHERE true
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


def keep(
    mapping_id: int, answers: Sequence[tuple[str, str]], *, version: int, now: datetime, last: date
) -> bool:
    """Keep answers, as `find` gives them, over those the same questions had, and note that it was done `now`.

    The mapping then lives at least until `last`. False, and nothing is changed, when `version` is not the
    one that stands. The mapping's row is held until all is kept.
    """
    moment, day = connection.ops.adapt_datetimefield_value(now), connection.ops.adapt_datefield_value(last)
    touch = [moment, day, day, mapping_id, version]
    given = f"(VALUES {', '.join(['(%s, %s)'] * len(answers))}) AS given"
    if connection.vendor == "postgresql" and answers:
        # All in one statement: several would each wait for the network.
        insert = _KEEP.format(mapping="touched.id", source=f"touched, {given}")
        return _changed(f"WITH touched AS ({_TOUCH} RETURNING id) {insert}", *touch, *chain(*answers))
    with transaction.atomic():
        if not _changed(_TOUCH, *touch):
            return False
        if answers:
            _changed(_KEEP.format(mapping="%s", source=given), mapping_id, *chain(*answers))
    return True


def _changed(sql: str, *values: Any) -> bool:
    """Whether the statement changed a row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount > 0


def _mapping(row: Sequence[Any]) -> Mapping:
    """The mapping of a row with _COLUMNS."""
    values = list(row)
    for place, column in _DAYS:
        for convert in connection.ops.get_db_converters(column):
            values[place] = convert(values[place], column, connection)
    return Mapping.from_db(connection.alias, _NAMES, values)
