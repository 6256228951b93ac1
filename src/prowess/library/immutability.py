"""Triggers by which the database itself keeps what is published as it is."""

from typing import Any

SQLITE = (
    """CREATE TRIGGER {table}_stays_undeleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'what is published is never deleted'); END""",
    """CREATE TRIGGER {table}_stays_unchanged BEFORE UPDATE OF {columns} ON {table}
    BEGIN SELECT RAISE(ABORT, 'what is published never changes'); END""",
)
SQLITE_PERSON = """CREATE TRIGGER {table}_person_stays BEFORE UPDATE OF {person} ON {table}
    WHEN NEW.{person} IS NOT NULL AND NEW.{person} IS NOT OLD.{person}
    BEGIN SELECT RAISE(ABORT, 'who published is never changed'); END"""
POSTGRESQL = (
    """CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) = to_jsonb(OLD) OR ({person} IS NULL
            AND to_jsonb(NEW) - '{person_name}' = to_jsonb(OLD) - '{person_name}')) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'what is published never changes' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_stays()""",
)


def protect(schema_editor: Any, *, table: str, columns: str, person: str = "") -> None:
    """Refuse every change and deletion of the rows of a table.

    ``person`` names the column with who published: it may be emptied, so that a person can be forgotten. SQLite loses
    triggers where a later migration rebuilds the table: protect it again there.
    """
    names = {"table": table, "columns": columns, "person_name": person}
    if schema_editor.connection.vendor == "postgresql":
        statements = [s.format(**names, person=f"NEW.{person}" if person else "TRUE") for s in POSTGRESQL]
    else:
        templates = (*SQLITE, SQLITE_PERSON) if person else SQLITE
        statements = [template.format(**names, person=person) for template in templates]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def release(schema_editor: Any, *, table: str) -> None:
    """Undo `protect`, for a migration backwards."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {table}_stays ON {table}", params=None)
        schema_editor.execute(f"DROP FUNCTION {table}_stays()", params=None)
        return
    for name in ("stays_undeleted", "stays_unchanged", "person_stays"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}", params=None)
