from langso.kernel.domain import DomainConfig


class DiaryConfig(DomainConfig):
    name = "langso.farm.diary"
    label = "diary"
    uses = ("files", "organisations", "people", "plots")
