"""A proof that something was written down: a file that is checked with nothing but the log's key.

It holds the event as it became public with its salt, the leaf, the way up the tree, and the checkpoint that the log
signed. Each part that was altered has its own fault. The file is JSON in the one form of RFC 8785.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from langso.kernel.journal.chain import canonical, commitment
from langso.kernel.transparency.rules.merkle import HASH_BYTES, BadProof, leaf_hash, root_by_inclusion
from langso.kernel.transparency.rules.notes import BadNote, Checkpoint, Verifier, read_checkpoint, verified_text

VERSION: Final = 1
FORMAT: Final = "langso-proof/1"


class ProofFault(StrEnum):
    """What does not fit: the file itself, the event, its leaf, the way up, the checkpoint."""

    NO_PROOF = "NO_PROOF"
    EVENT = "EVENT"
    LEAF = "LEAF"
    TREE = "TREE"
    CHECKPOINT = "CHECKPOINT"


class NotProven(Exception):
    """`fault` says which part was altered or is missing."""

    def __init__(self, fault: ProofFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Proven:
    """What a good proof proves: this event stood in this log when the checkpoint was signed."""

    kind: str
    body: Mapping[str, Any]
    recorded_at: str
    checkpoint: Checkpoint
    index: int


def leaf_data(*, entry_id: str, kind: str, committed: bytes, recorded_at: str) -> bytes:
    """The bytes of a leaf: no content, only its salted commitment, so that erasing the content leaves the log whole."""
    leaf = {"v": VERSION, "entry": entry_id, "kind": kind, "commitment": committed.hex(), "recorded_at": recorded_at}
    return canonical(leaf)


def first_leaf(*, origin: str, size: int, root: bytes) -> bytes:
    """The first leaf of a log that goes on after another one was closed."""
    return canonical({"v": VERSION, "continues": origin, "size": size, "root": root.hex()})


def write_proof(
    *, kind: str, body: Mapping[str, Any], salt: bytes, leaf: bytes, index: int, path: Sequence[bytes], note: str
) -> bytes:
    """The file."""
    proof = {
        "format": FORMAT,
        "event": {"kind": kind, "body": dict(body), "salt": salt.hex()},
        "leaf": leaf.decode(),
        "index": index,
        "path": b64encode(b"".join(path)).decode(),
        "checkpoint": note,
    }
    return canonical(proof)


def check_proof(content: bytes, verifier: Verifier) -> Proven:
    """What the file proves. Raises `NotProven`."""
    proof, event, leaf = _parts(content)
    if leaf.get("kind") != event["kind"]:
        raise NotProven(ProofFault.LEAF)
    if commitment(bytes.fromhex(event["salt"]), event["body"]).hex() != leaf.get("commitment"):
        raise NotProven(ProofFault.EVENT)
    try:
        checkpoint = read_checkpoint(verified_text(proof["checkpoint"], verifier))
    except BadNote:
        raise NotProven(ProofFault.CHECKPOINT) from None
    try:
        joined = b64decode(proof["path"], validate=True)
        path = [joined[at : at + HASH_BYTES] for at in range(0, len(joined), HASH_BYTES)]
        root = root_by_inclusion(leaf_hash(proof["leaf"].encode()), proof["index"], checkpoint.size, path)
    except (BadProof, ValueError):
        raise NotProven(ProofFault.TREE) from None
    if root != checkpoint.root:
        raise NotProven(ProofFault.TREE)
    return Proven(event["kind"], event["body"], str(leaf.get("recorded_at")), checkpoint, proof["index"])


def _parts(content: bytes) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    try:
        proof = json.loads(content)
        event, leaf = proof["event"], json.loads(proof["leaf"])
        bytes.fromhex(event["salt"])
        shapes = (proof["index"], int), (proof["path"], str), (proof["checkpoint"], str), (event["body"], dict)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotProven(ProofFault.NO_PROOF) from None
    fits = all(isinstance(value, kind) for value, kind in shapes) and isinstance(leaf, dict)
    if not fits or proof.get("format") != FORMAT:
        raise NotProven(ProofFault.NO_PROOF)
    return proof, event, leaf
