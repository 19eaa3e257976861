from langso.kernel.domain import DomainConfig


class SearchConfig(DomainConfig):
    name = "langso.kernel.search"
    label = "search"
