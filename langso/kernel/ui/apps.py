from langso.kernel.domain import DomainConfig


class UiConfig(DomainConfig):
    name = "langso.kernel.ui"
    label = "ui"
