from langso.kernel.domain import DomainConfig


class LinkConfig(DomainConfig):
    name = "langso.kernel.link"
    label = "link"
