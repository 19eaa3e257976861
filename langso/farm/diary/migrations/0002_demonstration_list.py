"""The demonstration list of inputs, so that the rules have something to read on a new node. An official one replaces it."""

import hashlib
import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

from langso.kernel.ids import new_id
from langso.kernel.text import fold

FILE = Path(__file__).parent.parent / "data" / "inputs-demonstration.json"


def load(apps, schema_editor):
    document = FILE.read_bytes()
    data = json.loads(document)
    edition = apps.get_model("diary", "InputList").objects.create(
        id=new_id(),
        title=data["title"],
        source=data["source"],
        official=data["official"],
        checksum=hashlib.sha256(document).hexdigest(),
        loaded_at=timezone.now(),
    )
    product = apps.get_model("diary", "ListedInput")
    product.objects.bulk_create(
        product(
            id=new_id(),
            edition=edition,
            folded=fold(f"{line['name']} {line['active_ingredient']}"),
            **line,
        )
        for line in data["products"]
    )


def unload(apps, schema_editor):
    apps.get_model("diary", "ListedInput").objects.all().delete()
    apps.get_model("diary", "InputList").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("diary", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
