"""What the journal says of surveys. One entry for a batch: the households are anonymous, so there is nothing to say of
each, and whoever counts reads the answers themselves."""

from langso.kernel.journal.events import event


@event()
class AnswersAdded:
    """Answers of households were added; `rounds` are the codes of the survey rounds they belong to."""

    rounds: tuple[str, ...]
    answers: int


@event()
class AnswersRemoved:
    """Answers were taken out again; rounds without answers went with them."""

    rounds: tuple[str, ...]
    answers: int
