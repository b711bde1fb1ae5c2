"""The report's figures are those that a plain count of the same store gives."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from content.loader import load
from keepers.counted import Report, make_report
from keepers.figures import Figures, never_told, subject_keys
from keepers.store import Period
from tests.keepers.stores import Store
from tools.console import CommandError
from tools.stores import open_store

CONTENT = load()
_EPOCH = date(1970, 1, 1)
VERDICTS = ("yes", "no", "partly", "answered", "not_stated")


@dataclass
class Said:
    """A message and the texts that came back, read from the store without the code under test."""

    sender: str
    text: str
    intent: str
    replies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_thumb(self) -> bool:
        return self.text.startswith("/feedback")

    @property
    def kinds(self) -> set[str]:
        return {(reply["metadata"] or {}).get("kind", "") for reply in self.replies}

    @property
    def verdict(self) -> str:
        """What the first reply that says anything of the message says of it."""
        said = ((reply["metadata"] or {}).get("verdict") for reply in self.replies)
        return next((each for each in said if each in VERDICTS), "none")


def said_in(store: Store) -> list[Said]:
    """All messages of a store with their replies, visitor by visitor."""
    query = (
        "SELECT sender_id, type_name, intent_name, data FROM events "
        "WHERE type_name IN ('user', 'bot') ORDER BY sender_id, id"
    )
    found: list[Said] = []
    for sender, kind, intent, data in store.rows(query):
        event = json.loads(data)
        if kind == "user":
            found.append(Said(sender, event["text"], intent))
        else:
            found[-1].replies.append(event)
    return found


@pytest.fixture(scope="module", params=["driven", "driven_postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def report(store: Store) -> Report:
    return make_report(open_store(store.config), Period())


@pytest.fixture(scope="module")
def figures(report: Report) -> Figures:
    return report.figures


@pytest.fixture(scope="module")
def said(store: Store) -> list[Said]:
    """Without thumbs: these judge a turn and are none."""
    return [each for each in said_in(store) if not each.is_thumb]


def test_turns_and_conversations(store: Store, figures: Figures, said: list[Said]) -> None:
    spoken = "type_name = 'user' AND data NOT LIKE '%\"/feedback%'"  # thumbs are no turns
    ((users, senders),) = store.rows(
        f"SELECT count(*), count(DISTINCT sender_id) FROM events WHERE {spoken}"  # noqa: S608
    )
    assert figures.turns == users == len(said)
    assert figures.conversations == senders
    assert figures.typed == sum(not each.text.startswith("/") for each in said)
    assert sum(figures.days.values()) == users


def test_no_message_was_left_without_a_reply(figures: Figures, said: list[Said]) -> None:
    assert figures.kinds["no reply"] == sum(not each.replies for each in said) == 0


def test_kinds_of_replies(figures: Figures, said: list[Said]) -> None:
    answered = sum("answer" in each.kinds for each in said)
    assert figures.kinds["answer"] == answered > 0
    asked_back = sum("clarify" in each.kinds and "answer" not in each.kinds for each in said)
    assert figures.kinds["clarify"] == asked_back
    assert sum(figures.kinds.values()) == len(said)


def test_the_conversations_of_these_tests_are_varied(driven: Store) -> None:
    kinds = Counter(kind for each in said_in(driven) for kind in each.kinds)
    assert {"answer", "gap", "clarify", "prompt", ""} <= set(kinds)


def test_refusals_by_gap_are_those_whose_words_were_said(
    figures: Figures, said: list[Said]
) -> None:
    spoken = " ".join(reply["text"] or "" for each in said for reply in each.replies).lower()
    counted = sum("gap" in each.kinds and "answer" not in each.kinds for each in said)
    assert 0 < sum(figures.gaps.values()) == counted
    gaps = [CONTENT.gaps[name] for name in figures.gaps if name in CONTENT.gaps]
    assert gaps
    assert [gap.id for gap in gaps if gap.answer.lower() not in spoken] == []


def test_verdicts(figures: Figures, said: list[Said]) -> None:
    assert figures.verdicts == Counter(each.verdict for each in said)
    assert set(figures.verdicts) & {"yes", "no", "answered"}


def test_thumbs(store: Store, figures: Figures) -> None:
    """Pressed or said: as many as the conversations' slots hold at their ends."""
    query = "SELECT sender_id, data FROM events WHERE type_name = 'slot' ORDER BY id"
    slots = ((sender, json.loads(data)) for sender, data in store.rows(query))
    last = {sender: slot["value"] for sender, slot in slots if slot["name"] == "feedback"}
    counted = Counter(each["feedback"] for given in last.values() for each in given or ())
    assert sum(figures.good.values()) == counted["feedback_good"]
    assert sum(figures.bad.values()) == counted["feedback_bad"]
    assert counted


def test_where_conversations_ended(figures: Figures, said: list[Said]) -> None:
    last = {each.sender: each for each in said}
    ended_on_a_gap = sum(
        "gap" in each.kinds and "answer" not in each.kinds for each in last.values()
    )
    counted = sum(n for (kind, _), n in figures.drop_offs.items() if kind == "gap")
    assert counted == ended_on_a_gap
    assert sum(figures.drop_offs.values()) == len(last)


def test_answers_never_used_and_answers_told_are_all_answers(figures: Figures) -> None:
    unused = set(never_told(CONTENT, figures))
    told = set(figures.answers) | set(figures.gaps)
    assert unused | told >= set(subject_keys(CONTENT))
    assert not unused & told


def test_the_report_groups_by_content_and_model(
    store: Store, figures: Figures, said: list[Said]
) -> None:
    ((data,),) = store.rows("SELECT data FROM events WHERE type_name = 'user' LIMIT 1")
    model = json.loads(data)["metadata"]["model_id"]
    contents = {content for content, _ in figures.versions}
    assert {name for _, name in figures.versions} == {model}
    assert CONTENT.version in contents
    assert sum(counts["turns"] for counts in figures.versions.values()) == len(said)


def test_questions_asked_again_are_consecutive_and_differ(report: Report, said: list[Said]) -> None:
    neighbours = {(a.text, b.text) for a, b in itertools.pairwise(said) if a.sender == b.sender}
    for pair in report.again:
        assert (pair.first, pair.second) in neighbours
        assert pair.first.lower() != pair.second.lower()


def test_a_period_without_turns_counts_nothing_and_the_whole_counts_all(
    store: Store, figures: Figures
) -> None:
    first, last = (_EPOCH + timedelta(days=end(figures.days)) for end in (min, max))
    same = make_report(open_store(store.config), Period(first, last))
    assert same.figures.turns == figures.turns
    assert same.figures.gaps == figures.gaps
    with pytest.raises(CommandError, match="no conversations to report on"):
        make_report(open_store(store.config), Period(None, first - timedelta(days=1)))
