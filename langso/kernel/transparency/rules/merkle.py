"""The hash tree of RFC 6962 (also RFC 9162): roots, proofs that a leaf is in a tree, that a tree grew out of another.

A tree of `size` leaves is the complete subtrees that the binary digits of `size` name, joined from the right. A *node*
is (level, index): level 0 holds the leaves' hashes, node (l, i) covers leaves `i * 2**l` to `(i + 1) * 2**l - 1`; only
complete nodes are ever stored. All hashes are 32 bytes of SHA-256.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()

Node = tuple[int, int]
ReadNode = Callable[[int, int], bytes]
"""Gives the hash of a complete node (level, index)."""


class BadProof(Exception):
    """A proof that proves nothing: too short, too long, or for another tree."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's bytes (RFC 6962 §2.1: a zero byte in front)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours (a one in front)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown_nodes(size: int, leaves: Sequence[bytes], read: ReadNode) -> dict[Node, bytes]:
    """The complete nodes that `leaves` (their hashes) add to a tree of `size` leaves, level 0 included."""
    new: dict[Node, bytes] = {}
    for index, hashed in enumerate(leaves, size):
        new[0, index] = hashed
        level, place, here = 0, index, hashed
        while place % 2:
            left = new.get((level, place - 1)) or read(level, place - 1)
            level, place, here = level + 1, place // 2, node_hash(left, here)
            new[level, place] = here
    return new


def root_of(size: int, read: ReadNode) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _range_hash(0, size, read) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, read: ReadNode) -> list[bytes]:
    """The hashes that prove leaf `index` in the tree of `size`, from the leaf upwards. Raises `ValueError`."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return [_range_hash(start, end, read) for start, end in reversed(list(_siblings(index, size)))]


def consistency_path(old: int, size: int, read: ReadNode) -> list[bytes]:
    """The hashes that prove that the tree of `size` grew out of that of `old` (RFC 6962 §2.1.2).

    Raises `ValueError`.
    """
    if not 0 < old <= size:
        raise ValueError(f"a tree of {size} did not grow out of one of {old}")
    return [] if old == size else [_range_hash(start, end, read) for start, end in _seams(old, 0, size, whole=True)]


def root_by_inclusion(hashed: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a path says the tree of `size` has. Raises `BadProof` for a path of the wrong length."""
    if not 0 <= index < size or len(hashed) != HASH_BYTES:
        raise BadProof("this leaf cannot be in this tree")
    sides = [start > index for start, _end in reversed(list(_siblings(index, size)))]
    _same_length(path, len(sides))
    for is_right, sibling in zip(sides, path, strict=True):
        hashed = node_hash(hashed, sibling) if is_right else node_hash(sibling, hashed)
    return hashed


def check_consistency(old: int, size: int, old_root: bytes, root: bytes, path: Sequence[bytes]) -> None:
    """Raises `BadProof` unless the path proves that the tree of `size` grew out of that of `old`.

    An empty tree proves nothing, so `old` is at least 1. Source: RFC 9162 §2.1.4.2.
    """
    if not 0 < old <= size:
        raise BadProof("a tree does not shrink, and an empty one proves nothing")
    if old == size:
        _same_length(path, 0)
        if old_root != root:
            raise BadProof("two roots of one size")
        return
    given = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not given:
        raise BadProof("no hash was given")
    _same_length(given, None)
    was, now = _both_roots(old - 1, size - 1, given)
    if was != old_root or now != root:
        raise BadProof("the roots are others")


def _both_roots(place: int, last: int, given: Sequence[bytes]) -> tuple[bytes, bytes]:
    while place % 2:
        place, last = place // 2, last // 2
    was = now = given[0]
    for sibling in given[1:]:
        if not last:
            raise BadProof("too many hashes")
        if place % 2 or place == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while not place % 2 and place:
                place, last = place // 2, last // 2
        else:
            now = node_hash(now, sibling)
        place, last = place // 2, last // 2
    if last:
        raise BadProof("too few hashes")
    return was, now


def _same_length(path: Sequence[bytes], expected: int | None) -> None:
    if expected is not None and len(path) != expected:
        raise BadProof("too many hashes" if len(path) > expected else "too few hashes")
    if any(len(each) != HASH_BYTES for each in path):
        raise BadProof("a hash has another length")


def _split(size: int) -> int:
    """The largest power of two that is less than `size`: where a tree parts into its left and right side."""
    return 1 << (size - 1).bit_length() - 1


def _siblings(index: int, size: int) -> Iterator[tuple[int, int]]:
    """The ranges of leaves beside the way from the root down to a leaf."""
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            yield middle, end
            end = middle
        else:
            yield start, middle
            start = middle


def _seams(old: int, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    """The ranges of a consistency proof, deepest first; `whole`: the old tree's own root is known to the reader."""
    if old == end:
        if not whole:
            yield start, end
        return
    middle = start + _split(end - start)
    if old <= middle:
        yield from _seams(old, start, middle, whole=whole)
        yield middle, end
    else:
        yield from _seams(old, middle, end, whole=False)
        yield start, middle


def _range_hash(start: int, end: int, read: ReadNode) -> bytes:
    """The hash of leaves `start` to `end`, where `start` is a multiple of the power of two that holds the range."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return read(level, start >> level)
    middle = start + _split(count)
    return node_hash(_range_hash(start, middle, read), _range_hash(middle, end, read))
