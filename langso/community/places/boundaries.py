"""What `langso places import-boundaries FILE` does."""

from datetime import date
from pathlib import Path

from langso.community.places import services
from langso.kernel.access.actors import system


def import_file(path: Path | str, *, version: str, legal_basis: str, valid_from: date) -> services.ImportedLayer:
    """Import a file of boundaries as this node's operator. Raises `OSError` and the refusals of `import_boundaries`."""
    file = Path(path)
    return services.import_boundaries(
        system(name="operator's command"),
        file=services.BoundaryFile(name=file.name, content=file.read_bytes()),
        version=version,
        legal_basis=legal_basis,
        valid_from=valid_from,
    )
