"""The database itself refuses changes to what is published."""

from django.db import migrations

from prowess.library.immutability import protect, release

TABLES = {
    "library_competencyversion": ("id, competency_id, number, document, published_at", "published_by_id"),
    "library_frameworkedition": ("id, framework_id, name, head, marked_at", "marked_by_id"),
    "library_editionentry": ("id, edition_id, version_id, position", ""),
}


def protect_all(apps, schema_editor):
    for table, (columns, person) in TABLES.items():
        protect(schema_editor, table=table, columns=columns, person=person)


def release_all(apps, schema_editor):
    for table in TABLES:
        release(schema_editor, table=table)


class Migration(migrations.Migration):

    dependencies = [("library", "0002_drafts_and_editions")]

    operations = [migrations.RunPython(protect_all, release_all)]
