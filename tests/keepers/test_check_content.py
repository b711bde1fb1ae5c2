"""What an editor could make better, though the content loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.loader import Content, load
from keepers.check_content import Advice, advice
from reading.reader import StatementReader

STATEMENTS = {
    "open_days": "The boat shed is open from Tuesday to Sunday.",
    "leaning": "It costs 12 euros for half a day.",
    "long": "The shed lends canoes to members of the club on all days of the week, and to "
    "everybody else on Saturdays and Sundays only, but not in winter.",
    "leaning_too": "Furthermore the shed lends paddles to members of the club.",
    "vests": "Children under twelve have to wear a life jacket on board.",
    "vests_again": "On board, children under twelve have to wear a life jacket.",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Advice]:
    """What is said of content with these statements, one topic among them."""
    content = content_in(tmp_path_factory.mktemp("boats"))
    return advice(content, StatementReader.packaged())


def content_in(folder: Path) -> Content:
    """Content with these statements, and a topic that tells the first one."""
    lines = ["article: {title: Boats}", "statements:"]
    lines += [f'  - {{id: {name}, text: "{text}"}}' for name, text in STATEMENTS.items()]
    lines += ["topics:", "  - {id: days, title: Days, statements: [open_days]}"]
    (folder / "all.yml").write_text("\n".join(lines), encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ("leaning", "does not stand by itself: 'It' points to what?"),
        ("leaning_too", "does not stand by itself: 'Furthermore' points to what?"),
        ("long", "words: are these two facts?"),
        ("vests", "no topic tells it"),
        ("vests", "says the same as 'vests_again'"),
    ],
)
def test_what_could_be_better_is_named(about: str, why: str, found: list[Advice]) -> None:
    assert [each for each in found if each.about == about and why in each.why]


def test_a_good_statement_is_left_alone(found: list[Advice]) -> None:
    assert "open_days" not in {each.about for each in found}
