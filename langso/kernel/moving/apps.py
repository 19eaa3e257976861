from langso.kernel.domain import DomainConfig


class MovingConfig(DomainConfig):
    name = "langso.kernel.moving"
    label = "moving"
    mount = "moving/"
