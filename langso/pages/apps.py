from langso.kernel.domain import DomainConfig


class PagesConfig(DomainConfig):
    name = "langso.pages"
    label = "pages"
    uses = ("organisations", "places")
    mount = ""
