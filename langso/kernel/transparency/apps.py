from langso.kernel.domain import DomainConfig


class TransparencyConfig(DomainConfig):
    name = "langso.kernel.transparency"
    label = "transparency"
    mount = "log/"
