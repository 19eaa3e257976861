"""What must be true of the register after every act."""

from langso.community.people.models import Headship, Household, Person, Residence
from langso.community.people.rules.codes import Relation


def assert_sound() -> None:
    """One head a lived-in household, one open stay a person who lives somewhere, none for anybody else."""
    for household in Household.objects.all():
        people = list(Person.objects.filter(household=household))
        heads = [person.pk for person in people if person.relation == Relation.HEAD]
        reigning = list(Headship.objects.filter(household=household, to_date=None).values_list("person_id", flat=True))
        assert heads == reigning, f"{household}: heads {heads}, headships {reigning}"
        assert len(heads) == (1 if people else 0), f"{household}: {len(people)} people, heads {heads}"
        assert not (people and household.closed_date), f"{household} is closed with people in it"
    for person in Person.objects.all():
        stays = list(Residence.objects.filter(person=person, to_date=None).values_list("household_id", flat=True))
        assert stays == ([person.household_id] if person.household_id else []), f"{person}: open stays {stays}"
