"""The client of CASE services, against a real server on this machine that is allowed, and refused where it is not."""

import gzip
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from prowess.exchange.case.client import CaseClient
from prowess.exchange.case.writing import package_of
from prowess.exchange.web_client import Limits, WebClient, checked_address
from prowess.framework.errors import InputError, NotAllowed
from tests.cast import small_framework

HERE = Limits(private_addresses=True, seconds=10)


class Service(BaseHTTPRequestHandler):
    """A small CASE service with all the ways in which one can fail."""

    seen: list[dict[str, str]] = []

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        type(self).seen.append(dict(self.headers))
        last = parts.path.rsplit("/", 1)[-1]
        answer = getattr(self, f"answer_{last}", None)
        if answer is not None:
            answer(parse_qs(parts.query))
        elif "/CFPackages/" in parts.path:
            self.send(package_of(small_framework()))
        elif "/CFDocuments/" in parts.path:
            link = f"http://{self.headers['Host']}/CFPackages/1"
            self.send({"identifier": "1", "title": "T", "CFPackageURI": link if last == "bare" else {"uri": link}})
        else:
            self.send({"imsx_codeMajor": "failure"}, status=404)

    def send(self, content: object, *, status: int = 200, packed: bool = False) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        if packed:
            self.send_header("Content-Encoding", "gzip")
            body = gzip.compress(body)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_on(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer_CFDocuments(self, query: dict[str, list[str]]) -> None:
        start, size = int(query["offset"][0]), int(query["limit"][0])
        numbers = range(start, min(start + size, 250))
        self.send({"CFDocuments": [{"identifier": f"d{number}", "title": "T"} for number in numbers]})

    def answer_circle(self, _: object) -> None:
        self.send_on("/circle")

    def answer_stairs(self, query: dict[str, list[str]]) -> None:
        self.send_on(f"/stairs?n={int(query.get('n', ['0'])[0]) + 1}")

    def answer_away(self, _: object) -> None:
        self.send_on(f"http://localhost:{self.server.server_port}/CFPackages/1")  # type: ignore[attr-defined]

    def answer_inside(self, _: object) -> None:
        self.send_on("http://10.0.0.1/CFPackages/1")

    def answer_strange(self, _: object) -> None:
        self.send_on("file:///etc/hostname")

    def answer_bomb(self, _: object) -> None:
        self.send("0" * 5_000_000, packed=True)

    def answer_torn(self, _: object) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"CFDocument": ')

    def answer_drip(self, _: object) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    Service.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("path", ["/CFPackages/1", "/CFDocuments/1", "/CFDocuments/bare", "/ims/case/v1p1/away"])
def test_a_framework_is_read_from_the_address_of_its_package_or_document(service: str, path: str) -> None:
    assert CaseClient(limits=HERE).read(service + path).framework == small_framework()


@pytest.mark.parametrize("path", ["", "/", "/CFDocuments"])
def test_all_pages_of_the_documents_are_listed(service: str, path: str) -> None:
    found = CaseClient(limits=HERE).documents(service + path)
    assert [each["identifier"] for each in found] == [f"d{number}" for number in range(250)]


def test_an_address_of_this_machine_is_refused_unless_allowed(service: str) -> None:
    with pytest.raises(NotAllowed, match="not an address of the public network"):
        CaseClient().read(f"{service}/CFPackages/1")
    assert Service.seen == []


def test_an_address_is_checked_again_after_each_redirection(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first server passes as public; where it sends to does not."""
    public = {"127.0.0.1"}
    real = checked_address

    def checked(host: str, port: int, *, private_addresses: bool) -> str:
        return real(host, port, private_addresses=host in public)

    monkeypatch.setattr("prowess.exchange.web_client.checked_address", checked)
    for path in ("away", "inside"):
        with pytest.raises(NotAllowed):
            CaseClient(limits=Limits(seconds=5)).read(f"{service}/{path}")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0", "224.0.0.1", "100.64.0.1", "::1", "fe80::1",
     "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2130706433"],
)  # fmt: skip
def test_special_addresses_are_refused_in_every_writing(address: str) -> None:
    with pytest.raises((NotAllowed, OSError)):
        checked_address(address, 80, private_addresses=False)


def test_a_public_address_is_taken() -> None:
    assert checked_address("1.1.1.1", 443, private_addresses=False) == "1.1.1.1"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/circle", "in a circle"),
        ("/stairs", "more than 5 times"),
        ("/strange", "not an address that can be fetched"),
        ("/nothing", "status 404"),
        ("/torn", "cannot be reached"),
    ],
)
def test_a_server_that_misleads_is_told(service: str, path: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        CaseClient(limits=HERE).read(service + path)


def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(service: str) -> None:
    with pytest.raises(InputError, match="larger than 1,000,000 bytes"):
        WebClient(limits=Limits(private_addresses=True, largest=1_000_000)).json(f"{service}/bomb")


def test_a_server_that_drips_is_left_when_time_is_up(service: str) -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match=r"longer than 0\.5 seconds"):
        WebClient(limits=Limits(private_addresses=True, seconds=0.5)).json(f"{service}/drip")
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("url", ["", "x", "ftp://example.org/a", "http://", "http://[::1", "https://u:p@example.org/"])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(InputError, match="not an address"):
        CaseClient().read(url)


def test_the_token_goes_to_the_named_server_only(service: str) -> None:
    CaseClient(limits=HERE, token="secret").read(f"{service}/away")
    assert [each.get("Authorization") for each in Service.seen] == ["Bearer secret", None]


def test_nobody_at_the_address_is_told() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        CaseClient(limits=HERE).read("http://127.0.0.1:9/CFPackages/1")
