"""Fetching: who may be reached, and what a hostile server cannot do to us."""

from __future__ import annotations

import gzip
import ipaddress
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ondit.capture import Limits, reports
from ondit.capture import fetch as fetching
from ondit.capture.fetch import fetch, is_public
from ondit.model import CaptureError
from tests.capture.containers import PAGE, gzip_bomb, warc

LIMITS = Limits(max_seconds=3.0, max_bytes=1_000_000)
QUICK = Limits(max_seconds=0.6)


class Server(BaseHTTPRequestHandler):
    """Answers each path in its own bad way."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer by the method named for the path."""
        try:
            getattr(self, "_answer_" + self.path.strip("/").split(".")[0].split("/")[0])()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, body: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _answer_page(self) -> None:
        self._send(PAGE, ("Content-Type", "text/html; charset=utf-8"), ("Last-Modified", "x"))

    def _answer_gzip(self) -> None:
        headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
        self._send(gzip.compress(PAGE), *headers)

    def _answer_bomb(self) -> None:
        headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
        self._send(gzip_bomb(100_000_000), *headers)

    def _answer_charset(self) -> None:
        self._send(PAGE, ("Content-Type", "text/html; charset=iso-8859-7"))

    def _answer_picture(self) -> None:
        self._send(b"\x89PNG", ("Content-Type", "image/png"))

    def _answer_missing(self) -> None:
        self._send(b"gone", ("Content-Type", "text/html"), status=404)

    def _answer_archive(self) -> None:
        self._send(warc(PAGE), ("Content-Type", "application/octet-stream"))

    def _answer_hop(self) -> None:
        self._send(b"", ("Location", "/page"), status=302)

    def _answer_loop(self) -> None:
        self._send(b"", ("Location", "/loop"), status=302)

    def _answer_file(self) -> None:
        self._send(b"", ("Location", "file:///etc/hostname"), status=302)

    def _answer_inward(self) -> None:
        port = self.server.server_address[1]
        self._send(b"", ("Location", f"http://127.0.0.1:{port}/page"), status=302)

    def _answer_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def _answer_heads(self) -> None:
        for _ in range(100):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: 1\r\n" if _ == 0 else b"X-B: 2\r\n")
            time.sleep(0.1)

    def _answer_endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while True:
            self.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_answer_is_kept_with_its_address_time_and_headers(base: str) -> None:
    fetched = fetch(f"{base}/hop", allow_private=True, limits=LIMITS)
    assert fetched.content == PAGE
    assert fetched.url == f"{base}/page"
    assert fetched.fetched_at.endswith("Z")
    assert fetched.headers[":status"] == "200"
    assert fetched.headers["last-modified"] == "x"


def test_content_encoding_is_undone(base: str) -> None:
    assert fetch(f"{base}/gzip", allow_private=True, limits=LIMITS).content == PAGE


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("bomb", "unpacks to more than"),
        ("endless", "sent more than 1,000,000 bytes"),
        ("picture", "image/png"),
        ("missing", "404"),
        ("loop", "more than 10 redirects"),
        ("file", "'file'"),
    ],
)
def test_bad_answers_fail_clearly(base: str, path: str, why: str) -> None:
    with pytest.raises(CaptureError, match=why):
        fetch(f"{base}/{path}", allow_private=True, limits=LIMITS)


@pytest.mark.parametrize("path", ["drip", "heads"])
def test_slow_answers_end_at_the_deadline(base: str, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(CaptureError, match=r"within 0\.6 seconds"):
        fetch(f"{base}/{path}", allow_private=True, limits=QUICK)
    assert time.monotonic() - start < 2


def test_this_machine_is_refused_unless_allowed(base: str) -> None:
    with pytest.raises(CaptureError, match="not a public address"):
        fetch(f"{base}/page", limits=LIMITS)


def test_a_redirect_inwards_is_refused(base: str, monkeypatch) -> None:
    # The first host is taken for a public one; the redirect leads to the plain loopback address.
    port = base.rsplit(":", 1)[1]
    seen: list[str] = []

    def check(host: str, addresses: list[ipaddress.IPv4Address]) -> None:
        seen.append(host)
        if host != "localhost":
            check_public(host, addresses)

    check_public = fetching.check_public
    monkeypatch.setattr(fetching, "check_public", check)
    with pytest.raises(CaptureError, match=r"127\.0\.0\.1, which is not a public address"):
        fetch(f"http://localhost:{port}/inward", limits=LIMITS)
    assert seen == ["localhost", "127.0.0.1"]


def test_the_connection_goes_to_the_address_that_was_checked(base: str, monkeypatch) -> None:
    # A rebinding name: public when asked first, private ever after. It is asked once.
    asked: list[str] = []

    def resolve(host: str, port: int, *, seconds: float) -> list[object]:
        del port, seconds
        asked.append(host)
        return [ipaddress.ip_address("203.0.113.7" if len(asked) > 1 else "127.0.0.1")]

    monkeypatch.setattr(fetching, "resolve", resolve)
    port = base.rsplit(":", 1)[1]
    fetched = fetch(f"http://rebind.example:{port}/page", allow_private=True, limits=LIMITS)
    assert fetched.content == PAGE
    assert asked == ["rebind.example"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://harbour.example/", "'ftp'"),
        ("file:///etc/hostname", "'file'"),
        ("http://", "without a host"),
        ("http://user:pass@harbour.example/", "password"),
        ("http://127.0.0.1:1/", "not a public"),
        ("http://[::ffff:127.0.0.1]:1/", "not a public"),
        ("http://0x7f.1:1/", "not a public|no address"),
        ("http://x\x00y/", "cannot be fetched|no address"),
    ],
)
def test_bad_addresses_are_refused(url: str, why: str) -> None:
    with pytest.raises(CaptureError, match=why):
        fetch(url, limits=LIMITS)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.8.8.8", False),
        ("169.254.169.254", False),
        ("100.64.1.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse, nothing is bound
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_addresses_become_reports(base: str) -> None:
    inputs = [f"{base}/charset", f"{base}/missing", f"{base}/archive.warc.gz"]
    wrong, missing, archived = reports(inputs, allow_private=True, isolate=False, limits=LIMITS)
    assert wrong.capture.url == f"{base}/charset"
    assert "vérifié" in wrong.text
    assert missing.failures[0].fatal
    assert archived.capture.container
    assert archived.text
