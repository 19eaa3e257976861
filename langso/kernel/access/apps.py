from langso.kernel.domain import DomainConfig


class AccessConfig(DomainConfig):
    name = "langso.kernel.access"
    label = "access"
