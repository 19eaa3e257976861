from langso.kernel.domain import DomainConfig


class TraceConfig(DomainConfig):
    name = "langso.trade.trace"
    label = "trace"
    mount = ""
