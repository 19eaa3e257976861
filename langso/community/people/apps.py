from langso.kernel.domain import DomainConfig


class PeopleConfig(DomainConfig):
    name = "langso.community.people"
    label = "people"
    uses = ("places",)
