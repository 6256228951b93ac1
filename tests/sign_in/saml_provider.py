"""A real SAML 2.0 identity provider: pysaml2's, which signs with xmlsec1 as those of organisations do."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORD
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.server import Server
from saml2.sigver import get_xmlsec_binary
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

ENTITY = "https://saml.harbour-vale.example/idp"


class SamlProvider:
    """An identity provider that believes whatever address the test names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        key, certificate = _key_and_certificate(folder)
        self._settings = {
            "entityid": ENTITY,
            "service": {
                "idp": {
                    "endpoints": {"single_sign_on_service": [(f"{ENTITY}/sso", BINDING_HTTP_REDIRECT)]},
                    "name_id_format": [NAMEID_FORMAT_EMAILADDRESS],
                    "policy": {"default": {"lifetime": {"minutes": 5}, "attribute_restrictions": None}},
                }
            },
            "key_file": str(key),
            "cert_file": str(certificate),
            "xmlsec_binary": get_xmlsec_binary(),
        }

    def metadata(self) -> str:
        """What its administrator would download."""
        return str(entity_descriptor(IdPConfig().load(self._settings)))

    def answer(self, address: str, *, service: str, email: str) -> dict[str, str]:
        """The form that it sends back for a request that arrives at ``address``: signed, for this person."""
        (self._folder / "service.xml").write_text(service, "utf-8")
        local = {"metadata": {"local": [str(self._folder / "service.xml")]}}
        server = Server(config=IdPConfig().load({**self._settings, **local}))
        request = parse_qs(urlsplit(address).query)
        asked = server.parse_authn_request(request["SAMLRequest"][0], BINDING_HTTP_REDIRECT).message
        response = server.create_authn_response(
            identity={"mail": email},
            in_response_to=asked.id,
            destination=asked.assertion_consumer_service_url,
            sp_entity_id=asked.issuer.text,
            name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=email),
            authn={"class_ref": PASSWORD, "authn_auth": ENTITY},
            sign_assertion=True,
            sign_response=True,
            sign_alg=SIG_RSA_SHA256,
            digest_alg=DIGEST_SHA256,
        )
        page = server.apply_binding(
            BINDING_HTTP_POST, str(response), asked.assertion_consumer_service_url, response=True
        )
        return dict(re.findall(r'name="(SAMLResponse|RelayState)" value="([^"]*)"', page["data"]))


def _key_and_certificate(folder: Path) -> tuple[Path, Path]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "saml.harbour-vale.example")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30)).sign(key, hashes.SHA256())
    )  # fmt: skip
    key_file, certificate_file = folder / "key.pem", folder / "certificate.pem"
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return key_file, certificate_file
