"""Where one-time codes and notices go out. The kernel knows no gateway: `gateways/sms` registers itself."""

from typing import Protocol


class TextSender(Protocol):
    def send(self, *, phone: str, text: str) -> object:
        """Hand a text of at most 160 letters to the network, for a phone (+84…). Raises `NotSent`."""


class NotSent(Exception):
    """The gateway could not take the message; nothing was sent."""


class Delivery:
    """The registered gateway; none until one loads."""

    def __init__(self) -> None:
        self.texts: TextSender | None = None


DELIVERY = Delivery()
