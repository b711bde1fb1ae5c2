"""The chat as a visitor sees it, in any engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.browser.engines.driver import Tab, wait_for

FIELD = "#field"
LAUNCHER = ".launcher"
# Shown, and not only there.
_VISIBLE = """(() => { const e = one(values[0]); return !!e && e.getClientRects().length > 0
    && getComputedStyle(e).visibility !== "hidden"; })()"""


@dataclass
class Visit:
    """A visitor with a tab.

    Attributes:
        tab: the tab.
        base: address of the pages.
    """

    tab: Tab
    base: str

    def goto(self, address: str) -> Visit:
        """Loads a page; returns itself."""
        self.tab.goto(address)
        return self

    def run(self, body: str, *values: Any) -> Any:
        """Runs the body of a function in the page."""
        return self.tab.evaluate(body, *values)

    def run_in_page(self, script: str) -> None:
        """Runs a script as the page's own: Firefox keeps the objects of drivers apart from it."""
        self.run(
            """const script = document.createElement("script");
            script.textContent = values[0];
            document.head.append(script);""",
            script,
        )

    def until(self, condition: str, *values: Any) -> Any:
        """Waits until an expression is true in the page."""
        return wait_for(self.tab, condition, *values)

    def sees(self, selector: str) -> bool:
        """Whether something of the chat is shown."""
        return bool(self.run(f"return {_VISIBLE}", selector))

    def await_sight(self, selector: str) -> None:
        """Waits until it is shown."""
        self.until(_VISIBLE, selector)

    def await_gone(self, selector: str) -> None:
        """Waits until it is shown no more."""
        self.until(f"!{_VISIBLE}", selector)

    def await_text(self, text: str) -> None:
        """Waits until the chat says something."""
        self.until(
            "all('two-roles-chat-panel').some((e) => e.shadowRoot.textContent.includes(values[0]))",
            text,
        )

    def place(self, selector: str) -> dict[str, float]:
        """Where something is, in the viewport."""
        found: dict[str, float] = self.run(
            "return one(values[0]).getBoundingClientRect().toJSON()", selector
        )
        return found

    def click(self, selector: str) -> None:
        """Clicks on the middle of something, once it stands still."""
        self.await_sight(selector)
        self.run("one(values[0]).scrollIntoView({ block: 'nearest' })", selector)
        at = self.until(
            """await (async () => {
                const e = one(values[0]), was = e?.getBoundingClientRect();
                await sleep(40);
                const is = e?.isConnected && e.getBoundingClientRect();
                const isStill = is && was.x === is.x && was.y === is.y;
                return isStill && [is.x + is.width / 2, is.y + is.height / 2];
            })()""",
            selector,
        )
        self.tab.click(*at)

    def open(self) -> Visit:
        """Opens the chat by its button; returns itself."""
        self.click(LAUNCHER)
        self.await_sight(FIELD)
        return self

    def write(self, text: str) -> None:
        """Types into the field."""
        self.run("one(values[0]).focus()", FIELD)
        self.tab.type(text)

    def ask(self, text: str) -> str:
        """Asks; returns the text of the last reply."""
        before = len(self.said)
        self.run(
            "const f = one(values[0]); f.focus(); f.value = values[1];"
            "f.dispatchEvent(new InputEvent('input', { bubbles: true }));",
            FIELD,
            text,
        )
        self.tab.press("Enter")
        self.await_answers(before + 1)
        return self.replies[-1]

    def await_answers(self, count: int) -> None:
        """Waits until so many messages of the visitor are answered."""
        self.until(
            "all('.visitor').length >= values[0] && !one('[data-waiting]') && !one('.typing')",
            count,
        )

    def texts(self, selector: str) -> list[str]:
        """What all that a selector finds says."""
        found: list[str] = self.run(
            "return all(values[0]).map((e) => e.innerText.trim())", selector
        )
        return found

    @property
    def said(self) -> list[str]:
        """What the visitor said."""
        return self.texts(".visitor .bubble")

    @property
    def replies(self) -> list[str]:
        """What the assistant said, the greeting included."""
        return self.texts(".assistant .bubble")

    @property
    def is_open(self) -> bool:
        """Whether the chat can be used."""
        return self.sees(FIELD) and not self.sees(LAUNCHER)

    @property
    def focus(self) -> str:
        """What has the focus: its class, or its tag in capitals."""
        found: str = self.run("const e = focused(); return e?.className || e?.tagName || ''")
        return found
