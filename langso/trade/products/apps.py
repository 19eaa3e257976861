from langso.kernel.domain import DomainConfig


class ProductsConfig(DomainConfig):
    name = "langso.trade.products"
    label = "products"
