"""Notes, checkpoints and cosignatures as C2SP has them; each byte of a note counts."""

from base64 import b64encode
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from langso.kernel.transparency.rules.notes import (
    COSIGNATURE_KEY,
    BadNote,
    Checkpoint,
    Verifier,
    cosign,
    public_bytes,
    read_checkpoint,
    read_note,
    read_verifier,
    sign_note,
    verified_text,
    witnessed_at,
)

KEY, WITNESS_KEY = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
LOG = Verifier("xa.vi.du/2026", public_bytes(KEY))
WITNESS = Verifier("tinh.vi.du", public_bytes(WITNESS_KEY), COSIGNATURE_KEY)
CHECKPOINT = Checkpoint("xa.vi.du/2026", 5, bytes(range(32)))
TIME = 1_796_000_000


def witnessed() -> str:
    note = sign_note(CHECKPOINT.text, name=LOG.name, key=KEY)
    return note + cosign(note, name=WITNESS.name, key=WITNESS_KEY, time=TIME)


def test_an_example_of_the_standard_verifies() -> None:
    """The example in https://c2sp.org/signed-note: its key, its text, its signature."""
    verifier = read_verifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    signed = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    note = f"{text}\n— PeterNeumann {signed}\n"
    assert verified_text(note, verifier) == text
    assert verifier.text == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_a_checkpoint_is_signed_and_witnessed() -> None:
    note = witnessed()
    assert read_checkpoint(verified_text(note, LOG)) == CHECKPOINT
    assert witnessed_at(note, WITNESS) == TIME
    assert read_verifier(LOG.text) == LOG
    assert read_verifier(WITNESS.text) == WITNESS


def test_nobody_else_has_signed_it() -> None:
    note, stranger = witnessed(), public_bytes(Ed25519PrivateKey.from_private_bytes(bytes([3]) * 32))
    for other in (
        Verifier(LOG.name, stranger),
        Verifier("another", LOG.public),
        Verifier(LOG.name, LOG.public, b"\x04"),
    ):
        with pytest.raises(BadNote, match="has not signed"):
            verified_text(note, other)
    for other in (Verifier(WITNESS.name, stranger, COSIGNATURE_KEY), Verifier(WITNESS.name, WITNESS.public)):
        with pytest.raises(BadNote, match="has not witnessed"):
            witnessed_at(note, other)


def test_each_byte_counts() -> None:
    """With any one character changed, either the log or its witness has not signed it."""
    note = witnessed()
    for place in range(len(note)):
        changed = f"{note[:place]}{'A' if note[place] != 'A' else 'B'}{note[place + 1 :]}"
        assert not (_is_signed(changed) and _is_witnessed(changed)), (place, changed)


def _is_signed(note: str) -> bool:
    with suppress(BadNote):
        return bool(verified_text(note, LOG))
    return False


def _is_witnessed(note: str) -> bool:
    with suppress(BadNote):
        return bool(witnessed_at(note, WITNESS))
    return False


@pytest.mark.parametrize(
    "text",
    ["", "xa\n5\n", f"xa\n05\n{b64encode(bytes(32)).decode()}\n", f"xa\n-1\n{b64encode(bytes(32)).decode()}\n",
     f"\n5\n{b64encode(bytes(32)).decode()}\n", "xa\n5\nkhông\n", f"xa\n5\n{b64encode(bytes(31)).decode()}\n",
     f"xa\n{10**30}\n{b64encode(bytes(32)).decode()}\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_checkpoint(text)


@pytest.mark.parametrize(
    "note",
    ["", "no signature\n", "text\n\n", "text\n\n- a AAAAAAAA\n", "text\n\n— a !!!!\n", "text\n\n— a AAAA\n",
     "text\n\n— a\n", "te\x00xt\n\n— a AAAAAAAA\n", "text\n\n— a AAAAAAAA", "x" * 70_000 + "\n\n— a AAAAAAAA\n",
     "t\n\n" + "— a AAAAAAAA\n" * 200],
)  # fmt: skip
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        read_note(note)


@pytest.mark.parametrize(
    "text", ["", "a+b", "a+00000000+AAAA", "a b+00000000+AAAA", LOG.text[:-2] + "==", "x" + LOG.text]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_verifier(text)
