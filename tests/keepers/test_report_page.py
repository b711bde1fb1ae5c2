"""The page of the report: whole in itself, readable in light and dark, without personal data."""

from __future__ import annotations

import html
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from benchmarks.made_up_visits import PERSONAL
from keepers.counted import Report, make_report
from keepers.page import page
from keepers.report import summary
from keepers.store import Period
from tests.keepers.stores import Store
from tools.console import width
from tools.stores import open_store

_CHROMIUM = [Path(name) for name in ("/usr/bin/chromium", "/usr/bin/google-chrome")]


@pytest.fixture(scope="module")
def report(driven: Store) -> Report:
    return make_report(open_store(driven.config), Period())


@pytest.fixture(scope="module")
def page_file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page(report), encoding="utf-8")
    return path


def _personal(text: str) -> list[str]:
    words = {"quill", *PERSONAL, *re.findall(r"\d{4,}", " ".join(PERSONAL))}
    return [word for word in words if word.lower() in text.lower()]


def test_no_personal_data_is_shown(driven: Store, report: Report, page_file: Path) -> None:
    stored = " ".join(str(data) for (data,) in driven.rows("SELECT data FROM events"))
    assert all(each in stored for each in PERSONAL)
    assert not _personal(page_file.read_text(encoding="utf-8"))
    assert not _personal(summary(report))
    assert "<number>" in summary(report) + html.unescape(page_file.read_text(encoding="utf-8"))


def test_no_visitor_is_named(driven: Store, page_file: Path) -> None:
    text = page_file.read_text(encoding="utf-8")
    assert not [
        sender for (sender,) in driven.rows("SELECT sender_id FROM events") if sender in text
    ]


def test_what_visitors_wrote_cannot_become_markup(driven: Store, tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    with sqlite3.connect(driven.config["db"]) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
        copy.execute(
            "UPDATE events SET data = replace(data, 'do you know anything on', "
            "'<script>alert(1)</script><img src=http://x.example/>') WHERE type_name = 'user'"
        )
    store = Store.at(tmp_path, {**driven.config, "db": str(path)})
    text = page(make_report(open_store(store.config), Period()))
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "<img" not in text


@pytest.fixture(scope="module")
def chromium() -> Path:
    found = next((path for path in _CHROMIUM if path.exists()), None)
    if found is None:
        pytest.skip("there is no Chromium")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("columns", [360, 1280])
def test_the_page_asks_for_nothing_and_fits(
    chromium: Path, page_file: Path, scheme: str, columns: int
) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": columns, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        shown, asked = context.new_page(), []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(page_file.as_uri())
        assert asked == [page_file.as_uri()]
        assert shown.evaluate("document.documentElement.scrollWidth") <= columns
        assert _contrast(shown) >= 4.5
        assert shown.locator("svg rect").count() > 10
        browser.close()


def _contrast(shown: Page) -> float:
    """Contrast of the quiet text on the page's ground (WCAG 2.1, relative luminance)."""
    colours = shown.evaluate(
        "() => [getComputedStyle(document.querySelector('.quiet')).color,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    light, dark = sorted((_luminance(each) for each in colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_summary_fits_a_narrow_terminal(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert width() == 60
    assert max(map(len, summary(report).splitlines())) <= 60
