"""The texts of a version in one field by name, so that tools and helpers can have theirs."""

from django.db import migrations, models

NAMES = tuple(f"{part}_{language}" for language in ("nb", "nn", "en") for part in ("title", "text"))


def gather(apps, schema_editor):
    for version in apps.get_model("publishing", "Version").objects.iterator():
        version.texts = {name: getattr(version, name) for name in NAMES}
        version.save(update_fields=["texts"])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_item")]

    operations = [
        migrations.AddField("version", "texts", models.JSONField(default=dict)),
        migrations.AddField("version", "seed", models.JSONField(default=dict)),
        migrations.RunPython(gather),
        *(migrations.RemoveField("version", name) for name in NAMES),
        migrations.AlterField(
            "item",
            "kind",
            models.CharField(
                choices=[("notice", "Notice"), ("tool", "Tool"), ("helper", "Helper")], max_length=20
            ),
        ),
    ]
