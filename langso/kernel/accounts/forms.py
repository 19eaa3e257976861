"""What is typed to sign in, to help somebody, and to manage accounts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.accounts import rules
from langso.kernel.accounts.words import ROLE_NAMES
from langso.kernel.phones import read_phone


class PhoneField(forms.CharField):
    """A Vietnamese mobile number in any usual form; gives +84…"""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed:
            return ""
        phone = read_phone(typed)
        if phone is None:
            raise ValidationError(_("This is not a mobile number. Write its ten digits, such as 0912 345 678."))
        return phone


class PhoneForm(forms.Form):
    phone = PhoneField(label=_("Your phone number"), max_length=30)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits from the message"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class StaffForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    present = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    wanted = forms.CharField(
        label=_("New password"),
        help_text=_("At least 8 letters or digits. Three words that only you would put together are good."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ResidentForm(forms.Form):
    phone = PhoneField(label=_("The resident's phone number"), max_length=30)


class PickedForm(forms.Form):
    """A person who was picked in the register, or confirmed."""

    person_id = forms.UUIDField()


class StaffAccountForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    username = forms.CharField(
        label=_("User name"),
        help_text=_("Small letters without marks, such as dung.tran"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class TokenForm(forms.Form):
    """A key for a program. An empty role means all roles of the account."""

    label = forms.CharField(label=_("What the key is for"), max_length=120)
    role = forms.ChoiceField(label=_("Only as"), required=False)
    days = forms.IntegerField(
        label=_("Days it lasts"), min_value=1, max_value=rules.TOKEN_MOST_DAYS, initial=rules.TOKEN_DAYS
    )

    def __init__(self, *args: Any, roles: tuple[Role, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("all roles of the account")), *((role.value, ROLE_NAMES[role]) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean_role(self) -> Role | None:
        chosen = self.cleaned_data["role"]
        return Role(chosen) if chosen else None


class LinkForm(forms.Form):
    phone = PhoneField(label=_("Phone number that has signed in"), max_length=30)
