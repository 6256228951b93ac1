"""Forms for the rules of signing in."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import RegexValidator, validate_slug

from prowess.people.models import KindOfUser
from prowess.sign_in.actions import ProviderSetUp
from prowess.sign_in.queries import OPENID_CONNECT, SAML

_DOMAIN = RegexValidator(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", "Give a domain such as example.org.")
_LONGEST_METADATA = 500_000


class RulesForm(forms.Form):
    """Of whom a second factor is required."""

    kinds = forms.MultipleChoiceField(
        label="Required of", choices=KindOfUser.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class ProviderForm(forms.Form):
    """What both protocols need."""

    protocol = ""
    name = forms.CharField(label="Name on the sign-in page", max_length=40, help_text="“Sign in with …”")
    slug = forms.CharField(
        label="Short name in addresses",
        max_length=40,
        validators=[validate_slug],
        help_text="Letters, digits.",
    )
    domains = forms.CharField(
        label="Vouches for addresses of",
        help_text="Domains, separated by commas. Somebody whom it sends with another address is refused.",
    )
    makes_users = forms.BooleanField(
        label="People of these domains may come in although nobody added them", required=False
    )

    def clean_domains(self) -> tuple[str, ...]:
        """The domains, checked each."""
        found = tuple(part.strip().lower().removeprefix("@") for part in self.cleaned_data["domains"].split(","))
        for domain in found:
            _DOMAIN(domain)
        return found

    def set_up(self) -> ProviderSetUp:
        """What was said, for the action."""
        said = self.cleaned_data
        return ProviderSetUp(
            self.protocol, said["slug"], said["name"], said.get("client_id", ""), said.get("secret", ""),
            said["domains"], said["makes_users"], self.protocol_settings(),
        )  # fmt: skip

    def protocol_settings(self) -> dict[str, Any]:
        """What allauth needs for this protocol."""
        raise NotImplementedError


class OpenIdConnectForm(ProviderForm):
    """An OpenID Connect provider: Entra ID, Google Workspace, Keycloak, Okta and the like."""

    protocol = OPENID_CONNECT
    server_url = forms.URLField(
        label="Issuer",
        assume_scheme="https",
        help_text="…/.well-known/openid-configuration lies under it.",
    )
    client_id = forms.CharField(label="Client ID", max_length=191)
    secret = forms.CharField(
        label="Client secret", max_length=200, required=False, strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}), help_text="Kept encrypted. Leave empty to keep it.",
    )  # fmt: skip

    def clean_server_url(self) -> str:
        """Only encrypted addresses, except on this machine."""
        url: str = self.cleaned_data["server_url"]
        if urlsplit(url).scheme != "https" and urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
            raise forms.ValidationError("Give an address that begins with https://.")
        return url

    def protocol_settings(self) -> dict[str, Any]:
        """The server's address, and the standard protection of the code (PKCE)."""
        return {"server_url": self.cleaned_data["server_url"], "oauth_pkce_enabled": True}


class SamlForm(ProviderForm):
    """A SAML 2.0 identity provider, described by the metadata that it publishes."""

    protocol = SAML
    metadata = forms.CharField(
        label="Its metadata (XML)", max_length=_LONGEST_METADATA, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Paste the whole document that the provider offers for download.",
    )  # fmt: skip
    email_attribute = forms.CharField(
        label="Attribute that holds the e-mail address", max_length=200, required=False,
        help_text="Only where it is not a usual one, and not the name identifier.",
    )  # fmt: skip

    def clean_metadata(self) -> dict[str, Any]:
        """Entity, address and certificate, read from the metadata."""
        from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser  # noqa: PLC0415 - slow

        try:
            found = OneLogin_Saml2_IdPMetadataParser.parse(self.cleaned_data["metadata"].encode()).get("idp", {})
        except Exception as error:
            raise forms.ValidationError("This is no SAML metadata document.") from error
        if not found.get("entityId") or not found.get("singleSignOnService") or not _certificates(found):
            raise forms.ValidationError("The metadata name no identity provider with an address and a certificate.")
        return dict(found)

    def protocol_settings(self) -> dict[str, Any]:
        """Signed assertions only, begun from here only."""
        idp = self.cleaned_data["metadata"]
        settings: dict[str, Any] = {
            "idp": {
                "entity_id": idp["entityId"],
                "sso_url": idp["singleSignOnService"]["url"],
                "x509cert": _certificates(idp)[0],
            },
            "use_nameid_for_email": not self.cleaned_data["email_attribute"],
            "advanced": {"want_assertion_signed": True, "reject_idp_initiated_sso": True},
        }
        if self.cleaned_data["email_attribute"]:
            settings["attribute_mapping"] = {"email": [self.cleaned_data["email_attribute"]]}
        return settings


def _certificates(idp: dict[str, Any]) -> list[str]:
    several = idp.get("x509certMulti", {}).get("signing", [])
    return [idp["x509cert"]] if idp.get("x509cert") else list(several)


FORMS: dict[str, type[ProviderForm]] = {OPENID_CONNECT: OpenIdConnectForm, SAML: SamlForm}
