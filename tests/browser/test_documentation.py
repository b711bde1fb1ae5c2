"""The page for embedders against the sources."""

from __future__ import annotations

import re

from tests.conftest import ROOT

SOURCES = ROOT / "widget" / "src"
PAGE = (ROOT / "docs" / "web-chat.md").read_text(encoding="utf-8")
API = (SOURCES / "api.ts").read_text(encoding="utf-8")


def _section(heading: str) -> str:
    found = re.search(rf"^### {heading}\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def _members(interface: str) -> set[str]:
    found = re.search(rf"export interface {interface} {{\n(.*?)\n}}", API, re.DOTALL)
    assert found
    return set(re.findall(r"^  (\w+)[?(:<]", found[1], re.MULTILINE))


def _rows(section: str, title: str) -> dict[str, str]:
    """First and second cell of the table whose first column has a title."""
    table = section.split(f"| {title} |")[1].split("\n\n")[0]
    return dict(re.findall(r"^\| (`.*?) \| (.*) \|$", table, re.MULTILINE))


def _attribute(option: str) -> str:
    return "data-" + re.sub("[A-Z]", lambda sign: f"-{sign[0].lower()}", option)


def test_every_attribute_is_told_and_no_other() -> None:
    told = {name.strip("`") for name in _rows(_section("Attributes"), "attribute")}
    assert told == {_attribute(option) for option in _members("ChatOptions")}


def test_every_attribute_is_read_by_the_widget() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.ts"))
    sources = sources.replace(API, "")
    for option in _members("ChatOptions"):
        assert re.search(rf"\b{option}\b", sources), option


def test_every_language_is_told() -> None:
    row = _rows(_section("Attributes"), "attribute")["`data-language`"]
    told = set(re.findall(r"`([a-z]{2})`", row))
    found = re.search(r"type Language = (.*);", API)
    assert found
    assert told == set(re.findall(r'"([a-z]{2})"', found[1]))
    labels = {path.stem for path in (SOURCES / "chat" / "labels").glob("*.ts")}
    assert told == labels | {"en"}
    assert len(told) == 10


def test_every_method_is_told_and_no_other() -> None:
    rows = _rows(_section("From a script"), "method")
    assert {name.strip("`").split("(")[0] for name in rows} == _members("Chat")


def test_every_event_is_told_with_its_payload_and_no_other() -> None:
    rows = _rows(_section("From a script"), "event")
    told = {
        name: payload for names, payload in rows.items() for name in re.findall(r"`(\w+)`", names)
    }
    assert told.keys() == _members("ChatEvents")
    body = API.split("export interface ChatEvents {")[1].split("\n}\n")[0]
    for name, payload in told.items():
        found = re.search(rf"^  {name}: (undefined|{{.*?}});$", body, re.MULTILINE | re.DOTALL)
        assert found
        fields = set(re.findall(r"(\w+)\??:", re.sub(r"/\*.*?\*/", "", found[1])))
        shown = re.search(r"{(.*?)}", payload)
        assert fields == (set(re.findall(r"\w+", shown[1])) if shown else set()), name


def test_every_custom_property_is_told_and_no_other() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.css"))
    used = set(re.findall(r"var\(\s*(--two-roles-[a-z-]+)", styles))
    assert set(re.findall(r"(--two-roles-[a-z-]+):", _section("Looks"))) == used


def test_the_sizes_that_are_told_are_those_of_the_build() -> None:
    dist = ROOT / "widget" / "dist"

    def size(pattern: str) -> int:
        return round(sum(path.stat().st_size for path in dist.glob(pattern)) / 1024)

    told = re.search(r"(\d+) KB of loader and (\d+) KB of chat", PAGE)
    assert told
    assert [int(each) for each in told.groups()] == [size("widget.js.gz"), size("chat-*.js.gz")]
