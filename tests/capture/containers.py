"""Containers built around invented pages: letters, saved pages, web archives."""

from __future__ import annotations

import gzip
import io
import zipfile
from email.message import EmailMessage

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = (
    "<!DOCTYPE html><html lang=fr><head><meta charset=utf-8>"
    "<title>Le bac de Brane reprend la mer</title></head><body><article>"
    "<h1>Le bac de Brane reprend la mer</h1>"
    "<p>Le bac de Brane a repris la mer samedi matin, onze jours après la collision avec la digue,"
    " a annoncé l’autorité du port dans un communiqué.</p>"
    "<p>« Tout a été vérifié deux fois », a déclaré la directrice, Maude Orvel, devant la presse"
    " réunie sur le quai des Ormelles.</p>"
    "<p>Le syndicat des marins demande pourtant une seconde inspection, par des experts qui ne"
    " dépendent pas de la compagnie.</p>"
    "</article></body></html>"
).encode()
URL = "https://courrier.example/bac"


class Writer(WARCWriter):
    """warcio's writer, with temporary files in memory (its own are left to the collector)."""

    _create_temp_file = staticmethod(io.BytesIO)


def warc(
    *payloads: bytes,
    gz: bool = True,
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),),
    status: str = "200 OK",
    kind: str = "response",
) -> bytes:
    """Return a WARC file with one record a payload, at ``URL/0``, ``URL/1`` ..."""
    out = io.BytesIO()
    writer = Writer(out, gzip=gz)
    for number, payload in enumerate(payloads):
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                f"{URL}/{number}",
                kind,
                payload=io.BytesIO(payload),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2031-04-16T08:00:00Z"},
            )
        )
    return out.getvalue()


def revisit() -> bytes:
    """Return a WARC file whose one record points back to an earlier capture."""
    out = io.BytesIO()
    writer = Writer(out, gzip=True)
    writer.write_record(
        writer.create_revisit_record(
            f"{URL}/again",
            digest="sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            refers_to_uri=f"{URL}/0",
            refers_to_date="2031-04-15T08:00:00Z",
        )
    )
    return out.getvalue()


def wacz(members: dict[str, bytes]) -> bytes:
    """Return a WACZ (zip) file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def mhtml(page: bytes = PAGE, *, encoding: str = "quoted-printable") -> bytes:
    """Return a page as Chromium saves it, with a picture and a frame beside it."""
    root = EmailMessage()
    root["From"] = "<Saved by Blink>"
    root["Snapshot-Content-Location"] = URL
    root["Subject"] = "Le bac de Brane reprend la mer"
    root["Date"] = "Wed, 16 Apr 2031 10:00:00 +0200"
    root.make_related()
    frame, main, picture = EmailMessage(), EmailMessage(), EmailMessage()
    frame.set_content(b"<html><body>a frame</body></html>", "text", "html", cte="base64")
    frame["Content-Location"] = "https://elsewhere.example/frame"
    main.set_content(page, "text", "html", cte=encoding)
    main["Content-Location"] = URL
    picture.set_content(b"\x89PNG\r\n\x1a\n", "image", "png", cte="base64")
    for part in (frame, main, picture):
        root.attach(part)
    return root.as_bytes()


def letter(text: str, *, html: str | None = None) -> bytes:
    """Return a newsletter with a text and perhaps an HTML part."""
    message = EmailMessage()
    message["From"] = "La Lettre du Port <lettre@port.example>"
    message["To"] = "abonnes@port.example"
    message["Subject"] = "Grève sur les ferries"
    message["Date"] = "Mon, 20 Apr 2031 06:30:00 +0200"
    message["Message-ID"] = "<212@port.example>"
    message.set_content(text, charset="iso-8859-1", cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def gzip_bomb(size: int) -> bytes:
    """Return gzip data that unpacks to `size` zero bytes."""
    return gzip.compress(b"\0" * size, 9)
