from langso.kernel.domain import DomainConfig


class JournalConfig(DomainConfig):
    name = "langso.kernel.journal"
    label = "journal"
