from langso.kernel.domain import DomainConfig


class PlotsConfig(DomainConfig):
    name = "langso.farm.plots"
    label = "plots"
