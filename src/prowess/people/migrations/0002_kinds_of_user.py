"""Readers become employees; administrators, analysts and interviewers may be added."""

from django.db import migrations, models

KINDS = [('administrator', 'Administrator'), ('talent-lead', 'Talent lead'), ('analyst', 'Analyst'), ('interviewer', 'Interviewer'), ('employee', 'Employee')]


def rename(old, new):
    def renamed(apps, schema_editor):
        apps.get_model('people', 'User').objects.filter(kind=old).update(kind=new)
    return renamed


class Migration(migrations.Migration):

    dependencies = [('people', '0001_initial')]

    operations = [
        migrations.RemoveConstraint(model_name='user', name='user_kind_is_known'),
        migrations.AlterField(
            model_name='user', name='kind', field=models.CharField(choices=KINDS, default='employee', max_length=20),
        ),
        migrations.RunPython(rename('reader', 'employee'), rename('employee', 'reader')),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [kind for kind, _ in KINDS])), name='user_kind_is_known'),
        ),
    ]
