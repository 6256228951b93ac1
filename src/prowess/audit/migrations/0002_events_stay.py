"""The database itself refuses to change or delete events, and to change their details."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER audit_event_stays_unchanged BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
    "CREATE TRIGGER audit_event_stays_undeleted BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
    "CREATE TRIGGER audit_eventdetails_stay_unchanged BEFORE UPDATE ON audit_eventdetails BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit trail is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_event_stays_full BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_eventdetails_stay BEFORE UPDATE ON audit_eventdetails FOR EACH ROW EXECUTE FUNCTION audit_stays()",
]
BACK = {
    'sqlite': ["DROP TRIGGER audit_event_stays_unchanged", "DROP TRIGGER audit_event_stays_undeleted", "DROP TRIGGER audit_eventdetails_stay_unchanged"],
    'postgresql': ["DROP TRIGGER audit_event_stays ON audit_event", "DROP TRIGGER audit_event_stays_full ON audit_event", "DROP TRIGGER audit_eventdetails_stay ON audit_eventdetails", "DROP FUNCTION audit_stays()"],
}


def protect(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == 'postgresql' else SQLITE:
        schema_editor.execute(statement, params=None)


def release(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [('audit', '0001_initial')]

    operations = [migrations.RunPython(protect, release)]
