"""What a way to send text messages must do. Another gateway is a class like `fake.FakeSms`, named in `apps.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network has taken the message: its number there, when (UTC), and how many parts will be paid."""

    number: str
    taken_at: datetime
    parts: int


class SmsGateway(Protocol):
    def send(self, *, phone: str, text: str) -> Receipt:
        """Hand a message for a phone (+84…) to the network. Raises `NotSent` when it was not taken."""


def parts_of(text: str) -> int:
    """How many messages a text is billed as.

    Source: 3GPP TS 23.038 (GSM 7-bit alphabet, 160 letters, 153 in a chain; UCS-2: 70 and 67) and TS 23.040 (chains).
    """
    if all(letter in GSM_BASIC or letter in GSM_EXTENDED for letter in text):
        length, alone, chained = len(text) + sum(letter in GSM_EXTENDED for letter in text), 160, 153
    else:
        length, alone, chained = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= alone else -(-length // chained)
