"""A browser driven over the plain WebDriver protocol; what our tests need of it and no more."""

from __future__ import annotations

import re
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

TAB, ENTER, ESCAPE, LEFT, RIGHT = "\ue004", "\ue007", "\ue00c", "\ue012", "\ue014"


class Browser:
    """One session of one browser."""

    def __init__(self, client: httpx.Client, session: str) -> None:
        self._client = client
        self._session = session

    def call(self, method: str, path: str, **body: Any) -> Any:
        """Return the value of the answer to one command."""
        kwargs = {"json": body} if method == "POST" else {}
        answer = self._client.request(method, f"/session/{self._session}{path}", **kwargs)
        value = answer.json()["value"]
        assert answer.is_success, value
        return value

    def open(self, page: Path, *, width: int = 1280, height: int = 900) -> None:
        """Show a file in a viewport of this size."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        self.devtools("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("POST", "/url", url="about:blank")
        self.call("POST", "/url", url=page.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a function body returns; it sees `arguments`."""
        return self.call("POST", "/execute/sync", script=script, args=list(arguments))

    def devtools(self, command: str, **parameters: Any) -> Any:
        """Return the answer to a command of the DevTools protocol."""
        return self.call("POST", "/goog/cdp/execute", cmd=command, params=parameters)

    def press(self, *keys: str) -> None:
        """Press and release each key on whatever has the focus."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def move_to(self, selector: str) -> None:
        """Move the pointer over the first element that the selector finds."""
        found = self.call("POST", "/element", using="css selector", value=selector)
        move = {"type": "pointerMove", "duration": 0, "x": 0, "y": 0,
                "origin": {_ELEMENT: found[_ELEMENT]}}  # fmt: skip
        pointer = {"type": "pointer", "id": "mouse", "actions": [move]}
        self.call("POST", "/actions", actions=[pointer])

    def log(self, kind: str) -> list[dict[str, Any]]:
        """Return what was logged since the last call: ``browser`` or ``performance``."""
        return list(self.call("POST", "/se/log", type=kind))

    def pdf(self) -> bytes:
        """Return the page printed on A4."""
        return b64decode(self.call("POST", "/print", background=True, shrinkToFit=False,
                                   page={"width": 21.0, "height": 29.7}))  # fmt: skip

    def picture(self) -> bytes:
        """Return the viewport as PNG."""
        return b64decode(self.call("GET", "/screenshot"))


@contextmanager
def browser(driver: str, chromium: str, profile: Path) -> Iterator[Browser]:
    """Start driver and browser with a profile of their own, and end both."""
    with subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            base = f"http://127.0.0.1:{_port(process)}"
            with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
                session = _start(client, chromium, profile)
                try:
                    yield Browser(client, session)
                finally:
                    client.delete(f"/session/{session}")
        finally:
            process.terminate()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"started successfully on port (\d+)", line):
            return int(found[1])
    raise RuntimeError("chromedriver ended before it named its port")


def _start(client: httpx.Client, chromium: str, profile: Path) -> str:
    wanted = {
        "goog:chromeOptions": {
            "binary": chromium,
            "args": [*_ARGUMENTS, f"--user-data-dir={profile}"],
        },
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
    }
    answer = client.post("/session", json={"capabilities": {"alwaysMatch": wanted}})
    value = answer.json()["value"]
    assert answer.is_success, value
    return str(value["sessionId"])
