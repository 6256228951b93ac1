"""Fetching JSON from somebody else's server: bounded in size and time, and never from inside one's own network.

A name is resolved once, each of its addresses is checked, and the connection is made to the checked address itself, for
every redirection anew; a name that answers differently the second time gains nothing.
"""

import ipaddress
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

from prowess.exchange.decoding import decode
from prowess.exchange.json_file import parse_json
from prowess.framework.errors import InputError, NotAllowed

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REDIRECTIONS = (301, 302, 303, 307, 308)
_CHUNK = 65_536


@dataclass(frozen=True)
class Limits:
    """What one answer may cost, and where it may come from.

    ``largest`` is in bytes after unpacking; ``seconds`` is for everything from the first connection to the last byte.
    """

    largest: int = 300_000_000
    seconds: float = 120.0
    redirections: int = 5
    private_addresses: bool = False


class WebClient:
    """Fetches JSON within limits."""

    def __init__(self, *, limits: Limits | None = None, token: str = "") -> None:
        self.limits = limits or Limits()
        self.token = token

    def json(self, url: str) -> Any:
        """The JSON at an address.

        Raises:
            InputError: there is none, or not within the limits.
            NotAllowed: the address is not one of the public network.
        """
        deadline = time.monotonic() + self.limits.seconds
        seen: list[str] = []
        while True:
            _check(url, seen=seen, most=self.limits.redirections)
            seen.append(url)
            try:
                target, content = self._answer(url, first=seen[0], deadline=deadline)
            except (HTTPError, OSError, UnicodeError, ValueError) as error:
                raise InputError(
                    f"The server cannot be reached: {_plainly(error)}.", place=url, remedy="Check the address."
                ) from error
            if not target:
                return parse_json(decode(content, place=url), place=url)
            url = target

    def _answer(self, url: str, *, first: str, deadline: float) -> tuple[str, bytes]:
        """Where the answer sends to, else its content."""
        opened: list[socket.socket] = []
        guard = threading.Timer(max(deadline - time.monotonic(), 0.0), _shut, args=(opened,))
        guard.daemon = True
        guard.start()
        try:
            target, content = self._asked(url, first=first, opened=opened)
        except (HTTPError, OSError) as error:
            if time.monotonic() < deadline:
                raise
            raise self._too_slow(url) from error
        finally:
            guard.cancel()
            for each in opened:
                each.close()
        if time.monotonic() >= deadline:
            raise self._too_slow(url)
        return target, content

    def _asked(self, url: str, *, first: str, opened: list[socket.socket]) -> tuple[str, bytes]:
        headers = {"Accept": "application/json", "User-Agent": "Prowess"}
        if self.token and _origin(url) == _origin(first):
            headers["Authorization"] = f"Bearer {self.token}"
        with self._pool(url, opened=opened) as pool:
            answer = pool.urlopen(
                "GET", _request_target(url), headers=headers, redirect=False, retries=False, preload_content=False,
                timeout=urllib3.Timeout(connect=10.0, read=30.0),
            )  # fmt: skip
            target = answer.headers.get("Location", "")
            if answer.status in _REDIRECTIONS and target:
                return urljoin(url, target), b""
            if answer.status != 200:
                raise _refused(answer.status, url=url)
            return "", self._content(answer, url=url)

    def _pool(self, url: str, *, opened: list[socket.socket]) -> HTTPConnectionPool:
        parts = urlsplit(url)
        kind = _SecurePool if parts.scheme == "https" else _Pool
        options: dict[str, Any] = {"private_addresses": self.limits.private_addresses, "opened": opened}
        return kind(parts.hostname or "", parts.port, **options)

    def _content(self, answer: urllib3.BaseHTTPResponse, *, url: str) -> bytes:
        content = bytearray()
        for chunk in answer.stream(_CHUNK, decode_content=True):
            content += chunk
            if len(content) > self.limits.largest:
                raise InputError(f"The answer is larger than {self.limits.largest:,} bytes.", place=url)
        return bytes(content)

    def _too_slow(self, url: str) -> InputError:
        return InputError(f"The answer takes longer than {self.limits.seconds:g} seconds.", place=url)


def _shut(opened: list[socket.socket]) -> None:
    for each in opened:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def _request_target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class _Checked(HTTPConnection):
    """A connection to an address that was checked; the socket is told, so that it can be closed when time is up."""

    def __init__(self, *arguments: Any, private_addresses: bool, opened: list[socket.socket], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.private_addresses, self.opened = private_addresses, opened

    def _new_conn(self) -> socket.socket:
        address = checked_address(self._dns_host, self.port, private_addresses=self.private_addresses)
        timeout: Any = self.timeout
        connected = create_connection((address, self.port), timeout, socket_options=self.socket_options)
        self.opened.append(connected.dup())  # TLS takes the socket itself over
        return connected


class _CheckedSecure(_Checked, HTTPSConnection):
    """The same over TLS; the certificate is checked against the name."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Checked


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _CheckedSecure


def checked_address(host: str, port: int, *, private_addresses: bool) -> str:
    """The first address of a name, all of whose addresses are public or allowed.

    Raises:
        NotAllowed: one of them is private, local, or of another special use.
    """
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    private = [address for address in found if not _is_public(address)]
    if private and not private_addresses:
        raise NotAllowed(
            f"“{host}” is at {private[0]}, which is not an address of the public network.",
            remedy="Give a public address, or have the operator allow private ones.",
        )
    return found[0]


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(number, ipaddress.IPv6Address):
        inside = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if inside is None and number in _NAT64:
            inside = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        number = inside or number
    return number.is_global and not number.is_multicast


def _check(url: str, *, seen: list[str], most: int) -> None:
    try:
        parts = urlsplit(url)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        fit = False
    if not fit:
        raise InputError(
            "This is not an address that can be fetched.", place=url[:300], remedy="Give one that begins with https://."
        )
    if url in seen:
        raise InputError("The server sends round in a circle.", place=url)
    if len(seen) > most:
        raise InputError(f"The server sends on more than {most} times.", place=url)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _refused(status: int, *, url: str) -> InputError:
    busy = status >= 500 or status == 429
    meanings = {401: "it wants a token", 403: "it does not allow it", 404: "there is nothing at this address"}
    reason = meanings.get(status, "try again later" if busy else "the request does not suit it")
    return InputError(f"The server answers with status {status}: {reason}.", place=url)


def _plainly(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "it does not answer in time"
    if isinstance(error, socket.gaierror):
        return "its name is not known"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "its certificate is not valid"
    return str(error).rstrip(".") or type(error).__name__
