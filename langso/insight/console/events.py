"""What happens at the province's console."""

from langso.kernel.journal.events import event


@event(of_node=True)
class AlarmAcknowledged:
    """Somebody at the province knows of an alarm of a commune's box; why it may wait stands beside it."""

    commune: str
    node: str
    kind: str
    grade: int
