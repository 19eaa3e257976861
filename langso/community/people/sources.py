"""What the kernel asks of the register: who is behind an account. Loaded when the app is ready."""

from uuid import UUID

from langso.community.people.models import Person
from langso.kernel.access.scope import every_commune
from langso.kernel.access.sources import SOURCES, KnownPerson


class RegisterOfPeople:
    """The `PeopleSource` of this node: looks across its communes, since an account belongs to whoever signs in."""

    def person(self, person_id: UUID) -> KnownPerson | None:
        """The person; of a record that was merged away, the one that was kept. None when unknown or dead."""
        with every_commune("an account is asked about before its commune is known"):
            person = Person.objects.filter(pk=person_id).first()
            while person is not None and person.merged_into_id is not None:
                person = Person.objects.filter(pk=person.merged_into_id).first()
        if person is None or person.death_date:
            return None
        return _known(person)

    def person_by_phone(self, phone: str) -> KnownPerson | None:
        """The one living person with this phone, or None when nobody or more than one has it."""
        if not phone:
            return None
        with every_commune("a phone number signs in before its commune is known"):
            holders = list(Person.objects.all().known().filter(phone=phone, death_date__isnull=True)[:2])
        return _known(holders[0]) if len(holders) == 1 else None


def _known(person: Person) -> KnownPerson:
    return KnownPerson(id=person.pk, name=person.name, commune=person.commune, phone=person.phone)


SOURCES.people = RegisterOfPeople()
