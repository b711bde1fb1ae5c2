"""The files of the web chat: what the build has made, as a browser wants it."""

from __future__ import annotations

import gzip
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from channels.static import DEFAULT_FOLDER, cache_control
from tests.channels.visitor import Answer, call
from tests.conftest import Server

_FILES = {
    "index.html": b"<!doctype html><title>demo</title>",
    "widget.js": b"// loader\n" * 50,
    "chat-1a2b3c4d5e.js": b"// chat\n" * 50,
    "de-3P3MOVGB.js": b"// labels\n" * 50,
    "chat.js": b"// chat\n" * 50,
    "style/chat-3c4d5e6f7a.css": b"a{}\n" * 50,
}


@pytest.fixture
def dist(scripted: Server) -> Iterator[Path]:
    """A folder such as the build leaves it."""
    settings = yaml.safe_load(scripted.credentials.read_text(encoding="utf-8"))
    folder = Path(settings["channels.static.StaticFiles"]["folder"])
    made: list[Path] = []
    for name, content in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        made.append(path)
        if name != "index.html":
            for ending, body in ((".gz", gzip.compress(content)), (".br", b"brotli of " + content)):
                made.append(path.with_name(path.name + ending))
                made[-1].write_bytes(body)
    yield folder
    for path in made:
        path.unlink()
    for empty in (folder / "style", folder):
        empty.rmdir()


def _get(server: Server, path: str, **headers: str) -> Answer:
    return call(
        server.base, "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def test_the_page_stands_at_the_root(scripted: Server, dist: Path) -> None:
    answer = _get(scripted, "/")
    assert (answer.status, answer.body) == (200, _FILES["index.html"])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-cache"


def test_before_the_build_the_root_still_answers(scripted: Server) -> None:
    assert _get(scripted, "/").status == 200
    for path in ("/widget.js", "/widget/chat-1a2b3c4d5e.js"):
        answer = _get(scripted, path)
        assert answer.status == 404
        assert b"not built" in answer.body


@pytest.mark.parametrize(
    ("path", "name", "kind", "caching"),
    [
        ("/widget.js", "widget.js", "text/javascript; charset=utf-8", "max-age=300"),
        ("/widget/widget.js", "widget.js", "text/javascript; charset=utf-8", "max-age=300"),
        ("/widget/chat.js", "chat.js", "text/javascript; charset=utf-8", "max-age=300"),
        ("/widget/index.html", "index.html", "text/html; charset=utf-8", "no-cache"),
        (
            "/widget/chat-1a2b3c4d5e.js",
            "chat-1a2b3c4d5e.js",
            "text/javascript; charset=utf-8",
            "immutable",
        ),
        ("/widget/de-3P3MOVGB.js", "de-3P3MOVGB.js", "text/javascript; charset=utf-8", "immutable"),
        (
            "/widget/style/chat-3c4d5e6f7a.css",
            "style/chat-3c4d5e6f7a.css",
            "text/css; charset=utf-8",
            "immutable",
        ),
    ],
)
def test_files_are_cached_as_their_names_allow_and_open_to_other_sites(
    scripted: Server, dist: Path, path: str, name: str, kind: str, caching: str
) -> None:
    answer = _get(scripted, path)
    assert (answer.status, answer.body) == (200, _FILES[name])
    assert answer.headers["content-type"] == kind
    assert caching in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Accept-Encoding" in answer.headers["vary"]


def test_what_the_build_gives_no_digest_is_not_kept_for_good() -> None:
    kept = {
        path.name for path in DEFAULT_FOLDER.iterdir() if "immutable" in cache_control(path.name)
    }
    plain = {path.name for path in DEFAULT_FOLDER.iterdir() if path.suffix not in (".br", ".gz")}
    assert kept == plain - {"index.html", "widget.js", "chat.js"}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip, deflate", "br"),
        ("gzip, deflate, br;q=0.5", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=1.0, br;q=0", "gzip"),
        ("br;q=0.0", None),
        ("identity", None),
        ("", None),
        (";;,=,q", None),
    ],
)
def test_the_encoding_is_one_that_the_browser_accepts(
    scripted: Server, dist: Path, accepted: str, encoding: str | None
) -> None:
    answer = _get(scripted, "/widget.js", Accept_Encoding=accepted)
    plain = _FILES["widget.js"]
    expected = {"br": b"brotli of " + plain, "gzip": gzip.compress(plain), None: plain}[encoding]
    assert answer.headers.get("content-encoding") == encoding
    assert len(answer.body) == int(answer.headers["content-length"]) == len(expected)
    assert "Accept-Encoding" in answer.headers["vary"]


def test_a_file_that_has_not_changed_is_not_sent_again(scripted: Server, dist: Path) -> None:
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        first = _get(scripted, "/widget.js", Accept_Encoding=accepted)
        tag = first.headers["etag"]
        again = _get(scripted, "/widget.js", Accept_Encoding=accepted, If_None_Match=tag)
        assert (again.status, again.body) == (304, b"")
        tags.add(tag)
    assert len(tags) == 3
    (dist / "widget.js").write_bytes(b"// new")
    assert _get(scripted, "/widget.js", If_None_Match=", ".join(tags)).body == b"// new"


def test_the_head_alone_can_be_asked_for(scripted: Server, dist: Path) -> None:
    for path, name in (("/", "index.html"), ("/widget.js", "widget.js")):
        answer = call(scripted.base, "HEAD", path)
        assert (answer.status, answer.body) == (200, b"")
        assert int(answer.headers["content-length"]) == len(_FILES[name])


@pytest.mark.parametrize(
    "path",
    [
        "../credentials.yml",
        "../../credentials.yml",
        "style/../../credentials.yml",
        "/etc/passwd",
        "\\..\\credentials.yml",
        "widget.js.br",
        "style",
        "",
        "\0",
        "a" * 5000,
    ],
)
def test_nothing_outside_the_folder_is_served(scripted: Server, dist: Path, path: str) -> None:
    (dist.parent / "credentials.yml").stat()  # there is something to find
    for quoted in (urllib.parse.quote(path), urllib.parse.quote(path, safe="")):
        assert _get(scripted, f"/widget/{quoted}").status in (301, 404)


def test_a_link_out_of_the_folder_is_not_followed(scripted: Server, dist: Path) -> None:
    link = dist / "link.yml"
    link.symlink_to(dist.parent / "credentials.yml")
    try:
        assert _get(scripted, "/widget/link.yml").status == 404
    finally:
        link.unlink()
