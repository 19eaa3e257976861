from langso.kernel.domain import DomainConfig


class FilesConfig(DomainConfig):
    name = "langso.kernel.files"
    label = "files"
