"""Acts of one Morango instance, each printing JSON: `python act.py found`, `join`, `fill`, `sync`, `state`."""

import argparse
import hashlib
import json
import os
import time
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer_settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from fielddiary.models import PROFILE, TABLES, record_of  # noqa: E402
from morango.models import Certificate, Filter, ScopeDefinition  # noqa: E402
from morango.models.fields.crypto import Key  # noqa: E402
from morango.sync.controller import MorangoProfileController  # noqa: E402

WHOLE = "diary"


def found(_given):
    """A new instance with the root certificate of the records; what another instance needs to join."""
    _prepare()
    root = Certificate.generate_root_certificate(WHOLE)
    return {
        "partition": root.id,
        "root": {"id": root.id, "serialized": root.serialized, "signature": root.signature},
        "key": root.private_key.get_private_key_string(),
    }


def join(given):
    """A new instance with a certificate of its own, signed by the root."""
    _prepare()
    invited = json.loads(given.invitation)
    root = Certificate.save_certificate_chain([invited["root"]])
    signer = Certificate.objects.get(pk=root.pk)
    signer._private_key = Key(private_key_string=invited["key"])
    own = Certificate(
        parent=root, profile=PROFILE, scope_definition_id=WHOLE, scope_version=1, scope_params=root.scope_params
    )
    own.private_key = Key()
    signer.sign_certificate(own)
    own.check_certificate()
    own.save()
    return {"certificate": own.id}


def _prepare():
    call_command("migrate", run_syncdb=True, verbosity=0)
    ScopeDefinition.objects.create(
        id=WHOLE, profile=PROFILE, version=1, primary_scope_param_key="root", description="",
        read_filter_template="", write_filter_template="", read_write_filter_template="${root}",
    )  # fmt: skip


def fill(given):
    """Save the records `first` to `first + count` of a file, in one transaction."""
    begin = time.perf_counter()
    with open(given.file, encoding="utf-8") as lines, transaction.atomic():
        for line in islice(lines, given.first, given.first + given.count):
            record_of(json.loads(line)).save()
    return {"seconds": time.perf_counter() - begin}


def sync(given):
    """One push as an application does it: connect, open a session, queue, transfer, take in, close."""
    marks = [("begin", time.perf_counter())]
    connection = MorangoProfileController(PROFILE).create_network_connection(given.url)
    own = Certificate.objects.exclude(_private_key=None).get()
    session = connection.create_sync_session(own, own.parent)
    marks.append(("connect", time.perf_counter()))
    push = session.get_push_client()
    push.initialize(Filter(os.environ["PEER_PARTITION"]))
    marks.append(("queue", time.perf_counter()))
    push.run()
    marks.append(("transfer", time.perf_counter()))
    push.finalize()
    marks.append(("take_in", time.perf_counter()))
    records = push.current_transfer_session.records_transferred
    connection.close_sync_session(session.sync_session)
    connection.close()
    marks.append(("close", time.perf_counter()))
    stages = {name: round(at - marks[number][1], 3) for number, (name, at) in enumerate(marks[1:])}
    return {"records": records, "seconds": round(marks[-1][1] - marks[0][1], 3), "stages": stages}


def state(_given):
    """How many records this instance holds, and a hash over all that they say."""
    count, digest = 0, hashlib.sha256()
    for table in TABLES.values():
        names = [field.attname for field in table._meta.concrete_fields if field.attname != "_morango_dirty_bit"]
        for row in table.objects.order_by("id").values_list(*names).iterator():
            count += 1
            digest.update(repr(row).encode())
    return {"records": count, "digest": digest.hexdigest()}


ACTS = {act.__name__: act for act in (found, join, fill, sync, state)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("act", choices=ACTS)
    parser.add_argument("--invitation", default="")
    parser.add_argument("--file", default="")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--url", default="")
    given = parser.parse_args()
    print(json.dumps(ACTS[given.act](given)))


if __name__ == "__main__":
    main()
