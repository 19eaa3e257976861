"""The tree against vectors of others, and against the definition of the RFC, naively."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.transparency.rules.merkle import (
    EMPTY_ROOT,
    BadProof,
    Node,
    ReadNode,
    check_consistency,
    consistency_path,
    grown_nodes,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_by_inclusion,
    root_of,
)

PEERS = Path(__file__).resolve().parents[4] / ".." / "shared" / "peers" / "merkle"
CASES = {kind: sorted(PEERS.glob(f"**/{kind}/**/*.json")) for kind in ("inclusion", "consistency")}
absent = pytest.mark.skipif(not PEERS.exists(), reason="the vectors lie beside the repository, in ../shared")


def hashes(values: list[str] | None) -> list[bytes]:
    return [b64decode(value) for value in values or []]


@absent
def test_the_vectors_are_there() -> None:
    assert [len(CASES[kind]) for kind in CASES] == [49, 49]


@absent
@pytest.mark.parametrize("file", CASES["inclusion"], ids=str)
def test_inclusion_as_others_have_it(file: Path) -> None:
    case = json.loads(file.read_text(encoding="utf-8"))
    assert _proves_inclusion(case) is not case["wantErr"], case["desc"]


def _proves_inclusion(case: dict[str, Any]) -> bool:
    try:
        path = hashes(case["proof"])
        root = root_by_inclusion(b64decode(case["leafHash"] or ""), case["leafIdx"], case["treeSize"], path)
    except BadProof:
        return False
    return root == b64decode(case["root"] or "")


@absent
@pytest.mark.parametrize("file", CASES["consistency"], ids=str)
def test_consistency_as_others_have_it(file: Path) -> None:
    case = json.loads(file.read_text(encoding="utf-8"))
    try:
        roots = b64decode(case["root1"] or ""), b64decode(case["root2"] or "")
        check_consistency(case["size1"], case["size2"], *roots, hashes(case["proof"]))
        proved = True
    except BadProof:
        proved = False
    assert proved is not case["wantErr"], case["desc"]


def naive(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word by word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(naive(leaves[:middle]), naive(leaves[middle:]))


def tree(leaves: list[bytes], pieces: int = 1) -> ReadNode:
    """The stored nodes of a tree that grew in so many pieces."""
    nodes: dict[Node, bytes] = {}
    read: ReadNode = lambda level, place: nodes[level, place]  # noqa: E731
    step = max(1, -(-len(leaves) // pieces))
    for start in range(0, len(leaves), step):
        added = grown_nodes(start, [leaf_hash(each) for each in leaves[start : start + step]], read)
        assert not set(added) & set(nodes), "a stored node never changes"
        nodes |= added
    return read


LEAVES = st.lists(st.binary(max_size=6), min_size=1, max_size=70)


@given(LEAVES, st.integers(1, 7))
def test_a_tree_that_grew_in_pieces_has_the_root_of_the_rfc(leaves: list[bytes], pieces: int) -> None:
    read = tree(leaves, pieces)
    assert all(root_of(size, read) == naive(leaves[:size]) for size in range(len(leaves) + 1))


@given(LEAVES, st.data())
def test_each_leaf_is_proved_and_nothing_else(leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    read = tree(leaves)
    path, root = inclusion_path(index, size, read), naive(leaves[:size])
    assert root_by_inclusion(leaf_hash(leaves[index]), index, size, path) == root
    assert root_by_inclusion(leaf_hash(b"another leaf"), index, size, path) != root
    for wrong in ([*path, root], path[:-1] if path else [root], [*path[:-1], b"short"]):
        with pytest.raises(BadProof):
            root_by_inclusion(leaf_hash(leaves[index]), index, size, wrong)


@given(LEAVES, st.data())
def test_growth_is_proved_and_a_fork_is_not(leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(leaves)))
    old = data.draw(st.integers(1, size))
    path = consistency_path(old, size, tree(leaves))
    was, now = naive(leaves[:old]), naive(leaves[:size])
    check_consistency(old, size, was, now, path)
    fork = naive([*leaves[: old - 1], leaves[old - 1] + b"!", *leaves[old:size]])
    for roots in ((was, fork), (fork, now)):
        with pytest.raises(BadProof):
            check_consistency(old, size, *roots, path)
    with pytest.raises(BadProof):
        check_consistency(old, size, was, now, [*path, was])


def test_what_is_no_tree_is_refused() -> None:
    read = tree([b"a", b"b"])
    for index, size in ((-1, 1), (2, 2), (0, 0)):
        with pytest.raises(ValueError, match="is not in a tree"):
            inclusion_path(index, size, read)
        with pytest.raises(BadProof):
            root_by_inclusion(leaf_hash(b"a"), index, size, [])
    for old, size in ((0, 2), (3, 2), (0, 0)):
        with pytest.raises(ValueError, match="did not grow"):
            consistency_path(old, size, read)
        with pytest.raises(BadProof):
            check_consistency(old, size, EMPTY_ROOT, EMPTY_ROOT, [])
