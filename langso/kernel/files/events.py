"""What happened to files."""

from langso.kernel.journal.events import event


@event(of_node=True)
class FileKept:
    """A file was kept; its content is named by its SHA-256."""

    sha256: str
    size: int
    content_type: str


@event()
class PictureMadePublic:
    """A picture may be seen by everybody from now on."""

    sha256: str


@event(of_node=True)
class FileForgotten:
    """A file was deleted because nobody needs it any more."""

    sha256: str
