"""Fetching one address, politely and suspiciously: no private hosts, no endless or slow answers.

The guard stands where the connection is made: a name is resolved once, every address it has is
checked, and the connection goes to a checked address. A name that changes its address between
check and use therefore gains nothing, and each redirect is a new connection that is checked again.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

import httpcore
import httpx
import msgspec

from ondit.capture.limits import Limits
from ondit.capture.payloads import instant, kept_headers
from ondit.capture.unpacking import undo_encodings
from ondit.model import CaptureError

MAX_REDIRECTS = 10
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNREADABLE = ("image/", "audio/", "video/", "font/", "application/pdf")
_ARCHIVES = (".warc", ".warc.gz", ".wacz")
_ARCHIVE_TYPES = ("application/warc", "application/wacz", "application/x-wacz")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one address, after its redirects."""

    content: bytes
    """The payload, transfer and content encodings undone."""
    url: str
    """The address that answered."""
    name: str
    """Last part of its path."""
    fetched_at: str
    headers: dict[str, str]
    """The headers that bear on evidence; ``:status`` holds the status."""


def fetch(url: str, *, allow_private: bool = False, limits: Limits) -> Fetched:
    """Return what stands at an http or https address.

    Args:
        url: the address.
        allow_private: also reach hosts on this machine and in its networks.
        limits: `max_bytes` of payload (an archive: `max_unpacked`), `max_seconds` for all of it.

    Raises:
        CaptureError: when the address is refused, does not answer in time, answers with an error,
            or with something that cannot be a report.
    """
    deadline = time.monotonic() + limits.max_seconds
    guard = _Guard(allow_private=allow_private, deadline=deadline)
    try:
        with httpx.Client(
            transport=_Transport(guard), headers=_headers(), trust_env=False
        ) as client:
            return _follow(client, httpx.URL(url), limits, deadline)
    except httpx.TimeoutException as error:
        raise CaptureError(f"no full answer within {limits.max_seconds:g} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        raise CaptureError(f"cannot be fetched: {error or type(error).__name__}") from error


def _headers() -> dict[str, str]:
    return {
        "user-agent": f"ondit/{version('ondit')}",
        "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "accept-encoding": "gzip, deflate",
    }


def _follow(client: httpx.Client, url: httpx.URL, limits: Limits, deadline: float) -> Fetched:
    for _ in range(MAX_REDIRECTS + 1):
        _check_url(url)
        with client.stream("GET", url, timeout=limits.max_seconds) as response:
            if not response.has_redirect_location:
                return _answer(response, limits, deadline)
            url = response.url.join(response.headers["location"])
    raise CaptureError(f"more than {MAX_REDIRECTS} redirects")


def _check_url(url: httpx.URL) -> None:
    if url.scheme not in {"http", "https"}:
        raise CaptureError(f"scheme {url.scheme!r}; only http and https are fetched")
    if not url.host:
        raise CaptureError("an address without a host")
    if url.userinfo:
        raise CaptureError("an address with a user name or password in it")


def _answer(response: httpx.Response, limits: Limits, deadline: float) -> Fetched:
    fetched_at = instant(datetime.now(tz=UTC))
    if response.status_code != 200:
        raise CaptureError(f"the server answered {response.status_code} {response.reason_phrase}")
    media = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if media.startswith(_UNREADABLE):
        raise CaptureError(f"the server sent {media}, not a page or a text")
    archive = response.url.path.lower().endswith(_ARCHIVES) or media in _ARCHIVE_TYPES
    limit = limits.max_unpacked if archive else limits.max_bytes
    raw = _read(response, limit, deadline, limits)
    headers = {k.lower(): v for k, v in response.headers.items()}
    # The chunks were undone by the connection, the content encoding was not.
    headers.pop("transfer-encoding", None)
    return Fetched(
        content=undo_encodings(raw, headers, limit=limit),
        url=str(response.url),
        name=PurePosixPath(response.url.path).name,
        fetched_at=fetched_at,
        headers={":status": str(response.status_code), **kept_headers(headers)},
    )


def _read(response: httpx.Response, limit: int, deadline: float, limits: Limits) -> bytes:
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > limit:
            raise CaptureError(f"the server sent more than {limit:,} bytes, the limit")
        if time.monotonic() > deadline:
            raise CaptureError(f"no full answer within {limits.max_seconds:g} seconds")
    return bytes(content)


# -- the guard -----------------------------------------------------------------------------------


class _Transport(httpx.HTTPTransport):
    """httpx's transport over a connection pool whose connections the guard makes."""

    def __init__(self, guard: _Guard) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=guard
        )


class _Guard(httpcore.NetworkBackend):
    """Connects to checked addresses only, and to none after the deadline."""

    def __init__(self, *, allow_private: bool, deadline: float) -> None:
        self.allow_private, self.deadline = allow_private, deadline
        self.plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to `host`, by an address that was checked."""
        addresses = resolve(host, port, seconds=_left(self.deadline, timeout))
        if not self.allow_private:
            check_public(host, addresses)
        problem: httpcore.ConnectError | None = None
        for address in addresses[:4]:
            try:
                stream = self.plain.connect_tcp(
                    str(address), port, _left(self.deadline, timeout), local_address, socket_options
                )
            except httpcore.ConnectError as error:
                problem = error
            else:
                return _Timed(stream, self.deadline)
        raise problem or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no address leads to a socket of this machine."""
        del timeout, socket_options
        raise httpcore.ConnectError(f"{path} is a local socket")

    def sleep(self, seconds: float) -> None:
        """Wait, for the pool's retries."""
        time.sleep(seconds)


class _Timed(httpcore.NetworkStream):
    """A connection on which every wait ends at the deadline, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, if they come before the deadline."""
        return self.stream.read(max_bytes, _left(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes, if it can be done before the deadline."""
        self.stream.write(buffer, _left(self.deadline, timeout))

    def close(self) -> None:
        """Close the connection."""
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the connection under TLS; the certificate is checked against the name."""
        secure = self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline, timeout))
        return _Timed(secure, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection below tells of itself."""
        return self.stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this address is used up")
    return left if timeout is None else min(left, timeout)


def resolve(host: str, port: int, *, seconds: float) -> list[Address]:
    """Return the addresses of a host name, in the system's order.

    Raises:
        CaptureError: when it has none, or the answer takes longer than `seconds`.
    """
    found: list[list[Any]] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.append([])

    # The system's resolver takes no time limit of its own.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise CaptureError(f"the name {host!r} was not resolved within {seconds:.0f} seconds")
    addresses = [ipaddress.ip_address(row[4][0].split("%")[0]) for row in found[0]]
    if not addresses:
        raise CaptureError(f"the name {host!r} has no address")
    return list(dict.fromkeys(addresses))


def check_public(host: str, addresses: Iterable[Address]) -> None:
    """Pass only when every address is one of the public internet.

    Raises:
        CaptureError: naming the first address that is not.
    """
    for address in addresses:
        if not is_public(address):
            raise CaptureError(
                f"{host!r} leads to {address}, which is not a public address; "
                "private ones are reached only when allowed"
            )


def is_public(address: Address) -> bool:
    """Return whether the address, and any IPv4 address hidden in it, is a public one.

    Private, loopback, link-local, shared (carrier) and reserved ranges are not, nor is multicast.
    """
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if hidden is None and address in _NAT64:
            hidden = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if hidden is not None and not is_public(hidden):
            return False
        if address.ipv4_mapped or address in _NAT64:
            return True
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_link_local
    )
