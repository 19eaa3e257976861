"""What may befall single requests on a wire: they are stopped, their answer is lost, or somebody on the way answers.

Playwright's own interception does not see every request of a page with a service worker; the wire does.
"""

import re
from dataclasses import dataclass, field

WRITES = rb"(POST|PUT) \S*"
KEY = rb"idempotency-key: (\S+)"


@dataclass
class Rule:
    """For requests that write to an address (a pattern), so many times. Without an answer they end at a closed door."""

    address: str
    answer: bytes = b""
    loses_answer: bool = False
    times: int = 1_000_000

    def befalls(self, piece: bytes) -> bool:
        if self.times < 1 or not re.match(WRITES + self.address.encode(), piece, re.S | re.I):
            return False
        self.times -= 1
        return True


@dataclass
class Meddling:
    """The rules of one wire; `writes`: the keys of all forms that came by."""

    rules: list[Rule] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)

    def block(self, address: str) -> None:
        """Forms and parts of pictures to these addresses do not get through until `mend`."""
        self.rules.append(Rule(address))

    def lose_answer(self, address: str) -> None:
        """The next form to this address is done, and the answer never arrives."""
        self.rules.insert(0, Rule(address, loses_answer=True, times=1))

    def answer(self, address: str, status: str, headers: str, body: str) -> None:
        """Somebody on the way answers the next form to this address in the node's place."""
        content = body.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n{headers}\r\n\r\n"
        self.rules.append(Rule(address, answer=head.encode() + content, times=1))

    def mend(self) -> None:
        self.rules.clear()

    def rule_for(self, piece: bytes) -> Rule | None:
        """What befalls the request that begins with this piece."""
        self.writes += [key.decode() for key in re.findall(KEY, piece, re.I)]
        return next((each for each in list(self.rules) if each.befalls(piece)), None)
