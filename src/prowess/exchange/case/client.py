"""Reading one framework from another provider's CASE service."""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from prowess.exchange.case.package import link_field, packages_in
from prowess.exchange.case.reading import reading_of
from prowess.exchange.case.vocabulary import field_meant
from prowess.exchange.cleaning import Findings, as_list, as_text
from prowess.exchange.web_client import Limits, WebClient
from prowess.framework.errors import InputError
from prowess.framework.reading import Reading

_DOCUMENTS = re.compile(r"/CFDocuments(/[^/]+)?/?$", re.IGNORECASE)
_PAGE = 100
_MOST_PAGES = 200


class CaseClient:
    """A reader of CASE services, versions 1.0 and 1.1.

    Args:
        limits: what an answer may cost; private addresses are refused unless they allow them.
        token: bearer token, where the service wants one; given only to the server that was named.
    """

    def __init__(self, *, limits: Limits | None = None, token: str = "") -> None:
        self._web = WebClient(limits=limits, token=token)

    def read(self, url: str) -> Reading:
        """The framework at an address: that of a CFPackage, or of a CFDocument, whose package is then fetched.

        Raises:
            InputError: there is no package, or it cannot be fetched within the limits.
            NotAllowed: the address is not one of the public network.
        """
        findings = Findings()
        packages = packages_in(self._package(url), place=url)
        if len(packages) > 1:
            findings.warn(f"The answer holds {len(packages)} packages; the first was read.")
        return reading_of(packages[0], title=urlsplit(url).netloc, findings=findings)

    def documents(self, url: str) -> list[dict[str, Any]]:
        """The documents that a service offers, page after page.

        Args:
            url: address of the service, with or without ``/CFDocuments`` at its end.

        Raises:
            InputError: it cannot be fetched within the limits.
            NotAllowed: the address is not one of the public network.
        """
        found: dict[str, dict[str, Any]] = {}
        for page in range(_MOST_PAGES):
            records = self._page(url, offset=page * _PAGE)
            new = {as_text(each.get("identifier")): each for each in records}
            if new.keys() <= found.keys():  # the service has no paging, or begins again
                break
            found |= new
            if len(records) < _PAGE:
                break
        return list(found.values())

    def _page(self, url: str, *, offset: int) -> list[dict[str, Any]]:
        content = self._web.json(_listing(url, offset=offset))
        if isinstance(content, dict):
            content = next((value for name, value in content.items() if name.lower() == "cfdocuments"), None)
        if content is None:
            raise InputError(
                "The answer has no list “CFDocuments”.", place=url, remedy="Give the address of a CASE service."
            )
        return [each for each in as_list(content) if isinstance(each, dict)]

    def _package(self, url: str) -> Any:
        content = self._web.json(url)
        if not isinstance(content, dict) or not _DOCUMENTS.search(urlsplit(url).path):
            return content
        named = {field_meant(name): value for name, value in content.items()}
        inner = named.get("CFDocument")
        document = inner if isinstance(inner, dict) else named
        if named.get("CFItems") is not None:
            return content
        return self._web.json(link_field(document.get("CFPackageURI"), name="uri") or _package_url(url))


def _package_url(url: str) -> str:
    return re.sub(r"/CFDocuments/([^/?#]+)", r"/CFPackages/\1", url, flags=re.IGNORECASE)


def _listing(url: str, *, offset: int) -> str:
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    path = path if path.lower().endswith("/cfdocuments") else f"{path}/CFDocuments"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode({"limit": _PAGE, "offset": offset}), ""))
