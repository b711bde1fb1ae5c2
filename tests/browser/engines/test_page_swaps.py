"""Pages that exchange their body instead of being loaded."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.browser.engines.chat import LAUNCHER, Visit
from tests.browser.engines.conftest import Gate
from tests.conftest import ROOT

SKILLS = "What skills does an ML engineer need?"
WIDGET = ROOT / "widget"
LIBRARIES = {
    "turbo": "node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js",
    "htmx": "node_modules/htmx.org/dist/htmx.min.js",
}


def _library(gate: Gate, name: str) -> str:
    path = WIDGET / LIBRARIES[name]
    if not path.is_file():
        if os.environ.get("REQUIRE_BROWSER") != "1":
            pytest.skip("widget/node_modules is not installed: run `make widget`")
        subprocess.run(["npm", "ci"], cwd=WIDGET, check=True)
    gate.files[f"/{name}.js"] = path
    return f'<script src="/{name}.js"></script>'


def _pages(gate: Gate, head: str, where: str, attributes: str = "") -> str:
    """Two pages with a link from each to the other; the chat's script in the head or the body."""
    script = f'<script src="{gate.server}/widget.js"></script>'
    addresses = []
    for this, other in (("/one", "/two"), ("/two", "/one")):
        body = f'<h1>{this}</h1><a id="on" href="{other}" {attributes}>on</a>'
        addresses.append(
            gate.page(
                path=this,
                head=head,
                script=script if where == "head" else "",
                body=body + (script if where == "body" else ""),
            )
        )
    return addresses[0]


def _swap(visit: Visit, heading: str) -> None:
    visit.run("window.before = document.body")
    visit.run("document.querySelector('#on').click()")
    visit.until("document.querySelector('h1')?.textContent === values[0]", heading)
    assert visit.run("return 'before' in window"), "the page was loaded anew"


@pytest.mark.parametrize("where", ["head", "body"])
@pytest.mark.parametrize("library", ["turbo", "htmx"])
def test_a_swap_keeps_the_chat_its_conversation_and_whether_it_is_open(
    visit: Visit, gate: Gate, library: str, where: str
) -> None:
    attributes = 'hx-boost="true" hx-target="body"' if library == "htmx" else ""
    visit.goto(_pages(gate, _library(gate, library), where, attributes)).open()
    visit.ask(SKILLS)
    _swap(visit, "/two")
    visit.until("all('two-roles-chat').length === 1")
    visit.until("!!one('dialog')?.open")
    assert visit.said == [SKILLS]
    visit.ask("and for AI?")
    visit.run("TwoRolesChat.close()")
    visit.await_sight(LAUNCHER)
    _swap(visit, "/one")
    visit.until("all('two-roles-chat').length === 1")
    visit.await_sight(LAUNCHER)
    visit.run("await TwoRolesChat.open()")
    visit.await_answers(2)
    assert visit.is_open


@pytest.mark.parametrize(
    "swap",
    [
        "document.body = document.createElement('body')",
        "document.body.replaceWith(document.createElement('body'))",
        "document.body.innerHTML = '<h1>Other</h1>'",
        "document.querySelector('two-roles-chat').remove()",
        "document.documentElement.replaceChildren(document.head, document.createElement('body'))",
    ],
)
def test_whatever_a_page_throws_out_the_chat_comes_back(
    visit: Visit, gate: Gate, swap: str
) -> None:
    visit.goto(gate.page()).open()
    visit.ask(SKILLS)
    visit.run(swap)
    visit.until("all('two-roles-chat').length === 1 && !!one('dialog')?.open")
    assert visit.said == [SKILLS]
    visit.run("TwoRolesChat.close()")
    visit.await_sight(LAUNCHER)
    visit.open()
    assert visit.said == [SKILLS]


def test_opening_resolves_to_an_open_chat_also_when_it_was_thrown_out(
    visit: Visit, gate: Gate
) -> None:
    visit.goto(gate.page())
    visit.await_sight(LAUNCHER)
    visit.run("document.querySelector('two-roles-chat').remove(); await TwoRolesChat.open()")
    visit.await_sight("#field")
    assert visit.is_open
