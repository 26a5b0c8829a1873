"""Tables that only grow: the database itself refuses to change a row, whoever asks.

Triggers hold on SQLite, and on PostgreSQL when the site and the migrations use one role. With a role of the
site's own (`limit_role`), PostgreSQL refuses by rights too, and only the owner of the tables can purge.
A migration that alters one of these tables must end with `install`: SQLite makes such a table anew.
"""

from __future__ import annotations

from typing import Any

_CHECKPOINT = "(SELECT COALESCE(MAX(up_to), 0) FROM access_audit_checkpoint)"
#: Each table, its key, and which of its rows may not be deleted.
TABLES = {
    "access_audit_entry": ("number", f"OLD.number > {_CHECKPOINT}"),
    "access_audit_checkpoint": ("up_to", "1 = 1"),
    "access_consent": (
        "id",
        f"OLD.entry > {_CHECKPOINT} OR EXISTS (SELECT 1 FROM access_account WHERE id = OLD.account)",
    ),
}
_PURGED_BY_OWNER = ("access_audit_checkpoint",)


class NotARole(ValueError):
    """No role that can be limited. The text says why."""


def install(connection: Any) -> None:
    """Put the triggers in place, where they are not. Tables that a later migration makes are left to that."""
    with connection.cursor() as cursor:
        made = connection.introspection.table_names(cursor)
        for table, (key, kept) in TABLES.items():
            if table not in made:
                continue
            for statement in _statements(connection.vendor, table, key, kept):
                cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take them away: for going back before the migration, and for emptying a test's database."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in _names(connection.vendor, table):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: Any) -> list[str]:
    """Triggers that should be there and are not, or are switched off."""
    wanted = {name for table in TABLES for name in _names(connection.vendor, table)}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def limit_role(connection: Any, role: str) -> None:
    """Let the role do what the site needs, and with these tables only read and add. PostgreSQL only.

    Run as the owner of the tables, after each migration. Raises NotARole.
    """
    if connection.vendor != "postgresql":
        raise NotARole("SQLite has no roles. The triggers hold there.")
    named = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise NotARole(f"There is no role {role}. Make it with CREATE ROLE first.")
        cursor.execute("SELECT pg_has_role(%s, current_user, 'USAGE')", [role])
        if found[0] or cursor.fetchone()[0]:
            raise NotARole(f"{role} owns the tables, or may do everything. Give the site a role of its own.")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {named}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {named}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {named}")
        for table in TABLES:
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {named}")
        for table in _PURGED_BY_OWNER:
            cursor.execute(f"REVOKE INSERT ON {table} FROM {named}")


def _names(vendor: str, table: str) -> tuple[str, ...]:
    last = "no_truncate" if vendor == "postgresql" else "no_replace"
    return tuple(f"{table}_{name}" for name in ("no_update", "no_delete", last))


def _statements(vendor: str, table: str, key: str, kept: str) -> list[str]:
    no_update, no_delete, last = _names(vendor, table)
    if vendor == "postgresql":
        # The statement that empties a whole table runs no trigger of its rows.
        return [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END $$",
            f"CREATE OR REPLACE TRIGGER {no_update} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            # A condition of a trigger cannot ask other tables here, so the function does.
            f"CREATE OR REPLACE FUNCTION {table}_may_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {kept} THEN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; "
            "END IF; RETURN OLD; END $$",
            f"CREATE OR REPLACE TRIGGER {no_delete} BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_may_delete()",
            f"CREATE OR REPLACE TRIGGER {last} BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {no_update} BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {no_delete} BEFORE DELETE ON {table} WHEN {kept} {refuse}",
        # INSERT OR REPLACE deletes the old row without asking the trigger above.
        f"CREATE TRIGGER IF NOT EXISTS {last} BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) {refuse}",
    ]
