from langso.kernel.domain import DomainConfig


class OfflineConfig(DomainConfig):
    name = "langso.kernel.offline"
    label = "offline"
    mount = ""
