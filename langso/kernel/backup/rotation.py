"""Which snapshots stay. Free of Django."""

from collections.abc import Sequence

from langso.kernel.backup.folder import BackupFolder
from langso.kernel.backup.manifest import Snapshot, drop_snapshot, number_of, snapshot_names, snapshots


def outlived(found: Sequence[Snapshot], keep: int) -> list[Snapshot]:
    """What may go: all before the `keep` newest sound ones, and of the others all but the `keep` newest.

    One that is unsound or unchecked never pushes a sound one out.
    """
    sound = [snapshot for snapshot in found if snapshot.sound]
    rest = [snapshot for snapshot in found if not snapshot.sound]
    oldest_kept = sound[-keep].manifest.number if len(sound) > keep else 0
    return [
        snapshot for snapshot in found if snapshot.manifest.number < oldest_kept or snapshot in rest[: -keep or None]
    ]


def rotate(folder: BackupFolder, keep: int) -> int:
    """Let outlived snapshots go and every chunk that no other one needs; returns how many snapshots went.

    A snapshot that cannot be read goes with those around it. Until then nobody knows its chunks, and all chunks stay.
    """
    found = snapshots(folder)
    gone = {snapshot.name for snapshot in outlived(found, keep)}
    kept = [snapshot for snapshot in found if snapshot.name not in gone]
    oldest = min((snapshot.manifest.number for snapshot in kept), default=0)
    readable = {snapshot.name for snapshot in found}
    gone |= {name for name in snapshot_names(folder) if name not in readable and number_of(name) < oldest}
    for name in gone:
        drop_snapshot(folder, name)
    if len(kept) == len(snapshot_names(folder)):
        folder.drop_all_but({chunk for snapshot in kept for chunk in snapshot.manifest.chunks()})
    return len(gone)
