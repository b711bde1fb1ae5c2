"""Serves the web chat's files: what the build put into widget/dist, and nothing else."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw, text

DEFAULT_FOLDER = Path(__file__).parent.parent / "widget" / "dist"
#: Encodings that the build leaves beside each file, best first, and the ending of their files.
ENCODINGS = {"br": ".br", "gzip": ".gz"}

_PAGE, _LOADER = "index.html", "widget.js"
#: The digest that the build puts into a name: its own, or that of its bundler.
_DIGEST = re.compile(r"-(?:[0-9a-f]{10}|[0-9A-Z]{8})\.\w+$")
_REVALIDATED = "no-cache"
_SHORT = "public, max-age=300, must-revalidate"
_IMMUTABLE = "public, max-age=31536000, immutable"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class StaticFiles(InputChannel):
    """An input channel without messages: its routes are the files of the web chat.

    GET / is the demo page, GET /widget.js the loader, GET /widget/... all files.

    Args:
        folder: what the build has made.
    """

    def __init__(self, folder: Path = DEFAULT_FOLDER) -> None:
        self._folder = folder.resolve()

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "static"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> StaticFiles:
        """Makes the channel; `folder` in the credentials file overrides widget/dist."""
        return cls(Path((credentials or {}).get("folder") or DEFAULT_FOLDER))

    def url_prefix(self) -> str:
        """The root, and not a path below /webhooks."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the files."""
        routes = Blueprint("static")

        @routes.route("/widget.js", methods=["GET", "HEAD"])
        async def loader(request: Request) -> HTTPResponse:
            return self._serve(request, _LOADER)

        @routes.route("/widget/<path:path>", methods=["GET", "HEAD"])
        async def file(request: Request, path: str) -> HTTPResponse:
            return self._serve(request, path)

        @routes.listener("before_server_start")
        async def take_over_root(app: Sanic, _: Any) -> None:
            # Rasa has a route for / (rasa/server.py, `add_root_route`), and a second one is an
            # error; what a middleware returns comes before any route.
            app.register_middleware(self._page, "request")

        return routes

    def _page(self, request: Request) -> HTTPResponse | None:
        """The demo page; before it is built, what Rasa says at its root."""
        if request.path != "/" or request.method not in ("GET", "HEAD"):
            return None
        return self._serve(request, _PAGE) if self._file(_PAGE) else None

    def _file(self, name: str) -> Path | None:
        try:
            path = (self._folder / name).resolve()
            known = path.is_relative_to(self._folder) and path.is_file()
        except (OSError, ValueError):  # a name that is too long, or has a NUL
            return None
        return path if known and path.suffix not in ENCODINGS.values() else None

    def _serve(self, request: Request, name: str) -> HTTPResponse:
        path = self._file(name)
        if path is None:
            known = self._folder.is_dir()
            message = "No such file." if known else "The web chat is not built here (widget/dist)."
            return text(
                message, HTTPStatus.NOT_FOUND, headers={"X-Content-Type-Options": "nosniff"}
            )
        body, headers = _encoded(path, request.headers.get("accept-encoding") or "")
        headers.update(_headers(path))
        # The digest of what is sent: each encoding has a tag of its own.
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if headers["ETag"] in (request.headers.get("if-none-match") or ""):
            return raw(b"", HTTPStatus.NOT_MODIFIED, headers)
        return raw(body, HTTPStatus.OK, headers, _content_type(path))


def cache_control(name: str) -> str:
    """How long browsers keep a file: for good if its name changes with its content."""
    if _DIGEST.search(name):
        return _IMMUTABLE
    return _REVALIDATED if name == _PAGE else _SHORT


def _encoded(path: Path, accepted: str) -> tuple[bytes, dict[str, str]]:
    """The file in the best encoding that the client accepts and the build has made."""
    for encoding, ending in ENCODINGS.items():
        beside = path.with_name(path.name + ending)
        if _accepts(accepted, encoding) and beside.is_file():
            return beside.read_bytes(), {"Content-Encoding": encoding}
    return path.read_bytes(), {}


def _accepts(header: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header names an encoding, and not with a weight of zero."""
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        if name.strip() == encoding:
            weight = parameter.strip().removeprefix("q=").strip()
            return weight.strip("0.") != "" or not weight
    return False


def _headers(path: Path) -> dict[str, str]:
    headers = {
        "Cache-Control": cache_control(path.name),
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        # Pages of other sites embed these files, as scripts and as modules.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if path.suffix == ".html":
        headers["Content-Security-Policy"] = _PAGE_POLICY
        headers["Referrer-Policy"] = "no-referrer"
    return headers


def _content_type(path: Path) -> str:
    if path.suffix == ".js":  # some systems' tables say otherwise
        return "text/javascript; charset=utf-8"
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
