"""Whatever colour a page gives, what is written on it or in it can be read."""

from __future__ import annotations

import json
import random

from tests.browser.engines.chat import Visit
from tests.browser.engines.conftest import Gate

_AWKWARD = [
    "rgb(200 0 0/40%)", "transparent", "white", "black", "#777", "#767676", "rebeccapurple",
    "Canvas", "color(display-p3 0 1 0)", "color(display-p3 1 0 0)", "hsl(0 0% 46.5%)",
    "oklch(0.6 0.4 264)", "lab(50% 120 -120)", "light-dark(#fff, #000)", "rgb(none 10 20)",
    "color-mix(in oklch, red, blue 30%)", "hwb(60 0% 0% / 0)",
]  # fmt: skip
_INVALID = ["#12", "bleu", "rgb(1,2", "12px", "url(x)", "var(--missing)", ""]
_COUNT = 300
# Sets each colour and reads what becomes of it; colours as three numbers from 0 to 1.
_READ = """
const numbers = (text) => {
    const found = text.match(/-?[\\d.]+(?:e-?\\d+)?%?|none/g)
        .map((n) => n === "none" ? 0 : parseFloat(n));
    const isWide = text.startsWith("color(");
    const rgb = isWide ? found.slice(0, 4) : found.map((n, i) => i < 3 ? n / 255 : n);
    return rgb.map((n) => Math.min(1, Math.max(0, n)));
};
const converted = (text) => {
    const probe = one(".panel").ownerDocument.createElement("i");
    probe.style.color = `color(from ${text} srgb r g b / alpha)`;
    one(".panel").append(probe);
    const value = numbers(getComputedStyle(probe).color);
    probe.remove();
    return value;
};
const look = (selector, property) => converted(getComputedStyle(one(selector))[property]);
const chat = document.querySelector("two-roles-chat");
const results = [];
for (const colour of values[0]) {
    chat.style.removeProperty("--two-roles-accent");
    chat.style.setProperty("--two-roles-accent", colour);
    results.push([colour, {
        bubble: [look(".visitor .bubble", "color"), look(".visitor .bubble", "backgroundColor")],
        mark: [look(".mark", "color"), look(".mark", "backgroundColor")],
        launcher: [look(".launcher", "color"), look(".launcher", "backgroundColor")],
        link: [look(".bubble a", "color"), look(".assistant .bubble", "backgroundColor")],
        reply: [look(".replies button", "color"), look(".replies button", "backgroundColor")],
        heading: [look("thead th", "color"), look(".table", "backgroundColor")],
    }]);
}
return results;
"""


def _colours(seed: int) -> list[str]:
    """Random colours, as people write them."""
    draw = random.Random(seed)  # noqa: S311  no secret
    alpha = ["", " / 30%", " / 0.9"]

    def one() -> str:
        a, b, c = (draw.random() for _ in range(3))
        return draw.choice(
            [
                f"#{int(a * 255):02x}{int(b * 255):02x}{int(c * 255):02x}",
                f"rgb({a * 255:.1f} {b * 255:.1f} {c * 255:.1f}{draw.choice(alpha)})",
                f"hsl({a * 360:.0f} {b * 100:.0f}% {c * 100:.0f}%{draw.choice(alpha)})",
                f"oklch({a:.3f} {b * 0.4:.3f} {c * 360:.0f}{draw.choice(alpha)})",
                f"color(display-p3 {a:.3f} {b:.3f} {c:.3f}{draw.choice(alpha)})",
            ]
        )

    return [one() for _ in range(_COUNT)]


def _luminance(colour: list[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: list[float], other: list[float]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_random_awkward_and_invalid_colours_leave_4_5_to_1(visit: Visit, gate: Gate) -> None:
    reply = {
        "text": "A [link](https://a.example/).",
        "table": {"columns": ["", "a"], "rows": [["b", "c"]]},
        "buttons": [{"title": "Next", "payload": "/next"}],
    }
    gate.answers("/messages", 200, json.dumps({"replies": [reply]}).encode())
    visit.goto(gate.page())
    visit.run("document.documentElement.style.colorScheme = 'light dark'")
    visit.open()
    visit.ask("go on")
    visit.await_sight(".bubble a")
    failures = []
    for scheme in ("light", "dark"):
        visit.run("document.querySelector('two-roles-chat').style.colorScheme = values[0]", scheme)
        for colour, pairs in visit.run(_READ, [*_AWKWARD, *_INVALID, *_colours(20)]):
            for name, (text, ground) in pairs.items():
                opaque = all(len(each) < 4 or each[3] == 1 for each in (text, ground))
                contrast = _contrast(text, ground)
                if not opaque or contrast < 4.5:
                    failures.append(f"{scheme} {colour}: {name} {contrast:.2f} {text} {ground}")
    assert failures == []


def test_what_is_no_colour_is_as_good_as_not_set(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-accent="bleu"')).open()
    ground = "return getComputedStyle(one('.mark')).backgroundColor"
    shown = visit.run(ground)
    visit.goto(gate.page(path="/other"))
    visit.await_sight(".mark")
    assert visit.run(ground) == shown
    visit.run("TwoRolesChat.configure({ accent: 'rgb(109, 40, 217)' })")
    visit.until("getComputedStyle(one('.mark')).backgroundColor !== values[0]", shown)


def test_an_accent_that_is_taken_back_leaves_the_one_before(visit: Visit, gate: Gate) -> None:
    style = "<style>two-roles-chat { --two-roles-accent: rgb(194, 65, 12) }</style>"
    visit.goto(gate.page(head=style)).open()
    ground = "getComputedStyle(one('.mark')).backgroundColor"
    shown = visit.run(f"return {ground}")
    visit.run("TwoRolesChat.configure({ accent: 'rgb(109, 40, 217)' })")
    visit.until(f"{ground} !== values[0]", shown)
    visit.run("TwoRolesChat.configure({ accent: null })")
    visit.until(f"{ground} === values[0]", shown)


def test_a_white_accent_leaves_a_bubble(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-accent="white"')).open()
    visit.ask("What skills does an ML engineer need?")
    shadow = visit.run("return getComputedStyle(one('.visitor .bubble')).boxShadow")
    assert "inset" in shadow


def test_a_chat_with_an_accent_comes_to_rest(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-accent="#6d28d9"')).open()
    changes = visit.run(
        """let count = 0;
        new MutationObserver((records) => (count += records.length))
            .observe(one(".launcher"), { childList: true });
        TwoRolesChat.configure({ accent: "#c2410c" });
        await sleep(300);
        return count;"""
    )
    assert changes == 1
