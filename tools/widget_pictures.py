"""Pictures of the web chat for the README, taken from a running assistant (`make serve`).

python -m tools.widget_pictures http://127.0.0.1:5005
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tools.browser import browser_arguments, find_browser

FOLDER = Path("docs/pictures")
_COLOURS = 160  # of the palette; the pictures have few, and a third of the bytes then
# "system-ui" is another font on every machine; pictures are to come out alike.
_FONT = "'Liberation Sans', Arial, sans-serif"
_STYLE = (
    f"body {{ font-family: {_FONT} !important }} two-roles-chat {{ --two-roles-font: {_FONT} }}"
)
_DESKTOP = {"viewport": {"width": 1120, "height": 720}}
_PHONE = {"viewport": {"width": 375, "height": 720}, "device_scale_factor": 1.5, "is_mobile": True}


def _ask(page: Page, question: str) -> None:
    field = page.get_by_label("Your question")
    count = page.locator(".log .visitor").count()
    field.fill(question)
    field.press("Enter")
    expect(page.locator(".log .visitor")).to_have_count(count + 1)
    expect(page.locator("[data-waiting], .typing")).to_have_count(0)


def _conversation(page: Page) -> None:
    _ask(page, "What skills does an ML engineer need?")
    _ask(page, "and for AI?")


def _comparison(page: Page) -> None:
    _ask(page, "How do the two roles differ?")


def _source(page: Page) -> None:
    _ask(page, "What does an AI engineer do?")
    page.locator(".log summary").click()
    page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()


def _arabic(page: Page) -> None:
    page.evaluate("TwoRolesChat.configure({ language: 'ar', contact: 'help@site.example' })")
    expect(page.get_by_label("سؤالك")).to_be_visible()
    field = page.get_by_label("سؤالك")
    field.fill("What does an AI engineer do?")
    field.press("Enter")
    expect(page.locator(".log .visitor:not([data-waiting])")).to_have_count(1)


def _unread(page: Page) -> None:
    """Asks, and closes the chat before the answer is there."""

    def slowly(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/messages", slowly)
    page.get_by_label("Your question").fill("What does an AI engineer do?")
    page.get_by_label("Your question").press("Enter")
    page.evaluate("TwoRolesChat.configure({ launcherLabel: 'Ask about the roles' })")
    page.get_by_role("button", name="Close the chat").click()
    expect(page.locator(".badge")).to_be_visible()


def _inline(page: Page) -> None:
    """The demo page's first section gives way to the chat."""
    page.evaluate(
        """() => {
            TwoRolesChat.destroy();
            const chat = document.createElement("two-roles-chat");
            chat.setAttribute("inline", "");
            chat.style.height = "560px";
            document.querySelector(".venn").replaceWith(chat);
        }"""
    )
    _ask(page, "What does an AI engineer do?")


#: Name of each picture, what the browser is like, and what is said before it is taken.
PICTURES: dict[str, tuple[dict[str, Any], Callable[[Page], None]]] = {
    "chat-light": ({**_DESKTOP, "color_scheme": "light"}, _conversation),
    "chat-dark": ({**_DESKTOP, "color_scheme": "dark"}, _source),
    "chat-table": (_PHONE | {"viewport": {"width": 440, "height": 980}}, _comparison),
    "chat-phone": (_PHONE | {"color_scheme": "dark"}, _conversation),
    "chat-rtl": (_PHONE, _arabic),
    "chat-inline": ({**_DESKTOP, "color_scheme": "light"}, _inline),
    "chat-unread": ({"viewport": {"width": 640, "height": 420}}, _unread),
}


def take(browser: Browser, address: str, name: str) -> Path:
    """Takes one picture and returns its path."""
    options, converse = PICTURES[name]
    page = browser.new_page(**options, bypass_csp=True, reduced_motion="reduce")
    page.goto(address)
    page.add_style_tag(content=_STYLE)
    page.get_by_role("button", name="Open the chat").click()
    converse(page)
    shown = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    path = FOLDER / f"{name}.png"
    shown.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def main() -> int:
    """Command line: the assistant's address."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5005"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=browser_arguments()
        )
        for name in PICTURES:
            path = take(browser, address, name)
            print(f"{path}: {path.stat().st_size // 1024} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
