from importlib import import_module

from django.conf import settings
from django.utils.module_loading import import_string

from langso.kernel.accounts.delivery import DELIVERY
from langso.kernel.domain import DomainConfig

GATEWAYS = {"none": "langso.gateways.sms.fake.NoSms", "fake": "langso.gateways.sms.fake.FakeSms"}


class SmsConfig(DomainConfig):
    name = "langso.gateways.sms"
    label = "sms"
    mount = "demo/sms/"

    def ready(self) -> None:
        """Choose the gateway that `LANGSO_SMS` names."""
        super().ready()
        import_module(f"{self.name}.checks")
        DELIVERY.texts = import_string(GATEWAYS[settings.SMS_GATEWAY])()
