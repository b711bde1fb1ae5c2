"""What is committed under widget/dist."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

WIDGET = ROOT / "widget"
DIST = WIDGET / "dist"


def _packed(pattern: str) -> int:
    return sum(path.stat().st_size for path in DIST.glob(pattern))


def test_the_loader_and_the_whole_chat_are_small() -> None:
    loader, chat = _packed("widget.js.gz"), _packed("chat-*.js.gz")
    labels = [path.stat().st_size for path in DIST.glob("[a-z][a-z]-*.js.gz")]
    assert 0 < loader <= 3 * 1024
    assert chat > 0
    assert len(labels) == 9
    assert loader + chat + max(labels) <= 35 * 1024


def test_what_reads_markdown_is_fetched_apart_and_is_not_large() -> None:
    assert 0 < _packed("markdown-*.js.gz") <= 16 * 1024


def test_every_file_has_its_packed_copies_with_the_same_content() -> None:
    files = [path for path in DIST.iterdir() if path.suffix not in (".gz", ".br")]
    assert {"index.html", "widget.js"} < {path.name for path in files}
    for path in files:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        assert path.with_name(f"{path.name}.br").stat().st_size < path.stat().st_size


def test_the_loader_names_the_chat_that_is_there() -> None:
    names = re.findall(r"chat-[0-9a-f]{10}\.js", (DIST / "widget.js").read_text(encoding="utf-8"))
    assert [path.name for path in DIST.glob("chat-*.js")] == names
    assert (DIST / "chat.js").read_bytes() == (DIST / names[0]).read_bytes()


def test_the_chat_fetches_no_more_than_one_file_before_it_is_shown() -> None:
    (chat,) = DIST.glob("chat-*.js")
    text = chat.read_text(encoding="utf-8")
    assert not re.search(r"""(?:^|[;}])import\s*[{"'*\w]|from\s*["']\./""", text)
    named = set(re.findall(r"""import\(["']\./([^"']+)""", text))
    assert named == {path.name for path in DIST.glob("[a-z]*-*.js")} - {chat.name} - {
        path.name for path in DIST.glob("demo-*")
    }


def test_the_lock_file_names_no_host() -> None:
    lock = (WIDGET / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


@pytest.fixture(scope="module")
def _node_modules() -> None:
    """What the build needs; where Node is missing its tests are skipped, but not with CI's flag."""
    required = os.environ.get("REQUIRE_BROWSER") == "1"
    if shutil.which("npm") is None:
        if required:
            pytest.fail("npm was not found")
        pytest.skip("npm was not found")
    if not (WIDGET / "node_modules").is_dir():
        if not required:
            pytest.skip("widget/node_modules is not installed: run `make widget`")
        subprocess.run(["npm", "ci"], cwd=WIDGET, check=True)


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.usefixtures("_node_modules")
def test_the_sources_give_what_is_committed_byte_by_byte(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WIDGET, check=True)
    built, committed = _read(tmp_path / "dist"), _read(DIST)
    assert built.keys() == committed.keys()
    # Each version of Node packs in its own way: packed files are judged by the next test.
    plain = [name for name in built if not name.endswith((".gz", ".br"))]
    assert [name for name in plain if built[name] != committed[name]] == []


@pytest.mark.usefixtures("_node_modules")
def test_building_again_leaves_every_file_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(DIST, tmp_path / "dist")
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WIDGET, check=True)
    assert _read(tmp_path / "dist") == _read(DIST)


@pytest.mark.usefixtures("_node_modules")
def test_the_types_are_right() -> None:
    subprocess.run([WIDGET / "node_modules" / ".bin" / "tsc", "--noEmit"], cwd=WIDGET, check=True)


_USE = """
import { createChat, type Chat } from "two-roles-chat";
const labels = { send: "Ask" };
const chat: Chat = createChat({ server: "https://a.example", title: "Desk", labels });
const off = chat.on("answer", ({ verdict, statements }) => console.log(verdict, statements.length));
chat.configure({ title: null });
// @ts-expect-error  no such event
chat.on("nothing", () => {});
off();
document.querySelector("two-roles-chat")?.open();
"""


@pytest.mark.usefixtures("_node_modules")
def test_the_package_can_be_packed_installed_typed_bundled_and_imported_by_a_server(
    tmp_path: Path,
) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WIDGET, check=True)
    package = tmp_path / "package"
    packing = subprocess.run(
        ["npm", "pack", "--json", "--pack-destination", str(tmp_path), str(package)],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    (packed,) = json.loads(packing.stdout)
    assert {each["path"] for each in packed["files"]} == {path.name for path in package.iterdir()}
    modules = tmp_path / "node_modules"
    shutil.unpack_archive(tmp_path / packed["filename"], tmp_path / "unpacked", "gztar")
    modules.mkdir()
    (tmp_path / "unpacked" / "package").rename(modules / "two-roles-chat")
    for name in ("lit", "lit-html", "lit-element", "@lit", "marked", "@types"):
        (modules / name).symlink_to(WIDGET / "node_modules" / name)
    (tmp_path / "use.ts").write_text(_USE, encoding="utf-8")
    tools = WIDGET / "node_modules" / ".bin"
    options = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler"]
    options += ["--target", "es2022", "--lib", "es2023,dom"]
    subprocess.run([tools / "tsc", *options, "use.ts"], cwd=tmp_path, check=True)
    bundling = ["--bundle", "--splitting", "--format=esm", "--outdir=out", "--log-level=error"]
    subprocess.run([tools / "esbuild", "use.ts", *bundling], cwd=tmp_path, check=True)
    assert (tmp_path / "out" / "use.js").stat().st_size > 0
    importing = "import('two-roles-chat').then((m) => console.log(typeof m.createChat))"
    shown = subprocess.run(
        ["node", "--input-type=module", "-e", importing],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert shown.stdout.strip() == "function"
