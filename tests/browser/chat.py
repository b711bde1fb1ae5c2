"""The chat as a visitor sees it: what the browser tests do with a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'"
)
# What the page's policy forbade, as far as the browser noticed.
_WATCH_POLICY = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""
# What a tab remembers of its last page.
_WAS_OPEN = """Object.entries(sessionStorage).some(
    ([key, value]) => key.startsWith("two-roles-chat") && value === "open")"""


@dataclass
class Chat:
    """A page with the chat in it.

    Attributes:
        page: the browser's page.
        base: address of the assistant's server.
        requests: addresses of all that the page has asked for.
        problems: errors of scripts, and what the console reported as an error.
    """

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(_WATCH_POLICY)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def visit(self, address: str | None = None) -> Chat:
        """Loads the demo page, or the page at another address."""
        self.page.goto(address or f"{self.base}/")
        return self

    def open(self) -> Chat:
        """Opens the chat by its button, where it is not open from the page before."""
        if not self.page.evaluate(_WAS_OPEN):
            self.launcher.click()
        expect(self.field).to_be_visible()
        return self

    def ask(self, question: str) -> str:
        """Asks by keyboard; returns the text of the replies to it."""
        before = self.replies.count()
        self.field.fill(question)
        self.field.press("Enter")
        expect(self.replies.nth(before)).to_be_visible()
        expect(self.page.locator(".typing")).to_have_count(0)
        return "\n".join(self.replies.all_inner_texts()[before:])

    def wait_until_said(self, count: int) -> None:
        """Waits for that many messages of the visitor, all of them answered."""
        expect(self.said).to_have_count(count)
        expect(self.page.locator("[data-waiting], .typing")).to_have_count(0)

    @property
    def launcher(self) -> Locator:
        """The button in the page's corner."""
        return self.page.locator("two-roles-chat .launcher")

    @property
    def window(self) -> Locator:
        """The chat window."""
        return self.page.locator("two-roles-chat-panel .panel")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.locator("two-roles-chat-panel textarea")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def replies(self) -> Locator:
        """What the assistant said, the greeting included."""
        return self.log.locator(".assistant .bubble")

    @property
    def said(self) -> Locator:
        """What the visitor said."""
        return self.log.locator(".visitor .bubble")

    @property
    def suggestions(self) -> Locator:
        """Quick replies on offer."""
        return self.log.locator(".replies button")

    def choose(self, item: str) -> None:
        """Picks an item of the menu."""
        self.page.get_by_role("button", name="More", exact=True).click()
        self.page.get_by_role("button", name=item, exact=True).click()

    def reply_with(self, *replies: dict[str, Any]) -> None:
        """From now on the server's replies are these, word for word."""
        filled = [{"kind": "answer", "buttons": [], **reply} for reply in replies]
        self.page.route(
            "**/webhooks/webchat/messages",
            lambda route: (
                route.fulfill(json={"id": "x", "replies": filled})
                if route.request.method == "POST"
                else route.continue_()
            ),
        )

    @property
    def token(self) -> str:
        """The token that this browser keeps."""
        kept: str = self.page.evaluate(
            "JSON.parse(localStorage[Object.keys(localStorage)"
            ".find((key) => key.startsWith('two-roles-chat'))]).token"
        )
        return kept

    def history(self) -> list[dict[str, Any]]:
        """The conversation as the server has it."""
        response = self.page.request.get(
            f"{self.base}/webhooks/webchat/messages",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    @property
    def violations(self) -> list[str]:
        """What the page's policy forbade."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    @property
    def foreign_requests(self) -> list[str]:
        """Requests to any other host than the assistant's server."""
        own = (f"{self.base}/", "data:", f"blob:{self.base}/")
        return [address for address in self.requests if not address.startswith(own)]

    def accessibility_faults(self) -> list[str]:
        """Violations that axe finds in the page, shadow roots included."""
        self.page.wait_for_timeout(300)  # colours are judged when what moves has come to rest
        violations = Axe().run(self.page).response["violations"]
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in violations
            for node in each["nodes"]
        ]

    @property
    def scrolls_sideways(self) -> bool:
        """Whether the page, the window or the conversation is wider than its place."""
        wider: bool = self.page.evaluate(
            """() => {
                const panel = document.querySelector("two-roles-chat").shadowRoot
                    .querySelector("two-roles-chat-panel")?.shadowRoot;
                const boxes = [document.documentElement,
                    ...(panel ? panel.querySelectorAll(".panel, .log, form, .sheet") : [])];
                return boxes.some((box) => box.scrollWidth > box.clientWidth + 1);
            }"""
        )
        return wider
