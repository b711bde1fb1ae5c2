"""Signs of wrong replies: each is counted as plain SQL and JSON count it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from content.loader import load
from keepers.figures import Figures, count
from keepers.repeats import Repeats
from keepers.signs import SAMPLED, SIGNS
from keepers.store import Event, Period, read_events
from keepers.suspects import Suspect, Watch, queue, read_signs
from keepers.turns import TurnReader
from tests.keepers.stores import Store
from tools.console import CommandError, Progress
from tools.stores import open_store

CONTENT = load()
NO_MORE = [[text] for name in ("all_told", "no_more") for text in CONTENT.variants[name]]


class Said(NamedTuple):
    """A message of a store and what came back, read without the code under test."""

    sender: str
    time: float
    event: dict[str, Any]
    replies: list[dict[str, Any]]
    session: int = 0

    @property
    def text(self) -> str:
        return str(self.event["text"])

    @property
    def parse(self) -> dict[str, Any]:
        found: dict[str, Any] = self.event["parse_data"]
        return found

    @property
    def kind(self) -> str:
        """The kind of reply that counts: an answer goes before a gap, that before a question."""
        kinds = [(each["metadata"] or {}).get("kind") for each in self.replies]
        return next((each for each in ("answer", "gap", "clarify") if each in kinds), "")

    @property
    def told(self) -> list[str]:
        """What the replies were on."""
        return [(each["metadata"] or {}).get("answer", "") for each in self.replies]

    @property
    def is_question(self) -> bool:
        return not self.text.startswith("/") and bool(self.kind)

    @property
    def is_thumb(self) -> bool:
        return self.text.startswith("/feedback_")

    @property
    def complains(self) -> bool:
        is_said = self.parse["intent"]["name"] in ("correct", "feedback_bad", "insult")
        act = (self.parse.get("reading") or {}).get("acts", {}).get("correct", 0)
        return not self.text.startswith("/") and (is_said or act >= 0.5)


def _said(store: Store) -> list[Said]:
    query = (
        "SELECT sender_id, type_name, timestamp, data FROM events "
        "WHERE type_name IN ('user', 'bot', 'session_started') ORDER BY sender_id, id"
    )
    found: list[Said] = []
    session = 0
    for sender, kind, time, data in store.rows(query):
        if kind == "session_started":
            session += 1
        elif kind == "user":
            found.append(Said(sender, time, json.loads(data), [], session))
        else:
            found[-1].replies.append(json.loads(data))
    return found


@pytest.fixture(scope="module")
def said(driven: Store) -> list[Said]:
    return _said(driven)


@pytest.fixture(scope="module")
def watch(driven: Store) -> Watch:
    events = read_events(open_store(driven.config), Period(), Progress("Reading"))
    return Watch().watch(TurnReader(CONTENT, Period()).read(events))


def _following(said: list[Said]) -> list[tuple[Said, Said | None]]:
    """Each message but thumbs, and the one after it of the same visit."""
    plain = [each for each in said if not each.is_thumb]
    pairs = []
    for place, each in enumerate(plain):
        after = plain[place + 1] if place + 1 < len(plain) else None
        pairs.append((each, after if after and after.session == each.session else None))
    return pairs


def _margin(each: Said) -> bool:
    reading = each.parse.get("reading") or {}
    if each.kind != "answer" or reading.get("leaning") not in ("yes", "no", "partly"):
        return False
    return reading["verdict"] == "answered" or reading["confidence"] < 0.9


def _in_sample(each: Said) -> bool:
    named = f"{each.sender} {each.time!r}".encode()
    return hashlib.sha256(named).digest()[0] < SAMPLED


QUERIES: dict[str, Callable[[Said, Said | None], bool]] = {
    "unsure": lambda each, _: each.kind == "clarify",
    "refused": lambda each, _: each.kind == "gap",
    "margin": lambda each, _: _margin(each),
    "sample": lambda each, _: _in_sample(each),
    "nothing": lambda each, _: [one["text"] for one in each.replies] in NO_MORE,
    "wrong": lambda _, after: after is not None and after.complains,
    "last": lambda _, after: after is None,
}


@pytest.mark.parametrize("sign", QUERIES)
def test_a_filter_counts_what_a_plain_query_counts(
    sign: str, said: list[Said], watch: Watch
) -> None:
    counted = sum(
        each.is_question and QUERIES[sign](each, after) for each, after in _following(said)
    )
    assert len([each for each in watch.suspects if sign in each.signs]) == counted
    shown = queue(watch.suspects, [sign])
    assert len(shown) == counted
    assert all(sign in each.signs for each in shown)


def test_every_question_is_watched(said: list[Said], watch: Watch) -> None:
    assert len(watch.suspects) == sum(each.is_question for each in said) > 100


def test_thumbs_mark_the_reply_that_they_judge(
    driven: Store, said: list[Said], watch: Watch
) -> None:
    """The last question before it that was told what the slot of feedback names, else the last."""
    query = (
        "SELECT sender_id, timestamp, data FROM events "
        "WHERE type_name = 'slot' AND action_name = 'feedback' ORDER BY id"
    )
    expected = set()
    for sender, time, data in driven.rows(query):
        value = json.loads(data)["value"]
        before = [each for each in said if each.sender == sender and each.time < time]
        asked = [each for each in before if each.is_question]
        if not value or not asked or before[-1].text != "/feedback_bad":
            continue
        subject = value[-1]["subject"]
        told = [each for each in asked if subject in each.told]
        expected.add((sender, (told or asked)[-1].time))
    marked = {(e.turn.sender, e.turn.time) for e in watch.suspects if "down" in e.signs}
    assert expected
    assert marked == expected


def test_the_report_counts_the_same(driven: Store, watch: Watch) -> None:
    events = read_events(open_store(driven.config), Period(), Progress("Reading"))
    figures = count(TurnReader(CONTENT, Period()).read(events), Repeats(most=0))
    for sign in ("unsure", "refused", "nothing", "margin", "low", "wrong", "sample"):
        assert figures.signs[sign] == sum(sign in each.signs for each in watch.suspects)
    assert figures.left_after == sum("last" in each.signs for each in watch.suspects)
    assert figures.questions == len(watch.suspects)


def test_the_queue_has_all_with_a_sign_the_doubtful_first_and_a_sample_among_them(
    watch: Watch,
) -> None:
    shown = queue(watch.suspects)
    assert len(shown) == len(watch.suspects)
    ranked = [each.doubt for each in shown if "sample" not in each.signs]
    assert ranked == sorted(ranked, reverse=True)
    sampled = [place for place, each in enumerate(shown, 1) if "sample" in each.signs]
    assert sampled[0] == 10


def test_a_sign_that_does_not_exist_is_told() -> None:
    assert read_signs("down, wrong") == ["down", "wrong"]
    with pytest.raises(CommandError, match="there is no 'wrnog'") as caught:
        read_signs("wrnog")
    assert all(sign in str(caught.value) for sign in SIGNS)


# Made by hand: what a driven store need not have.


def _message(text: str, intent: str, act: float = 0.0) -> dict[str, Any]:
    reading: dict[str, Any] = {
        "acts": {"correct": act},
        "verdict": "answered",
        "leaning": "answered",
    }
    reading |= {"statements": ["demand"], "judged": [{"id": "demand", "answers": 0.9}]}
    ranking = [{"name": intent, "confidence": 0.5}]
    parse: dict[str, Any] = {"intent": ranking[0], "intent_ranking": ranking, "reading": reading}
    parse["understanding"] = {"text": text, "outcome": "answer"}
    return {"text": text, "parse_data": parse}


def _watched(*said: tuple[str, dict[str, Any]]) -> tuple[Watch, Figures]:
    events = [Event("one", kind, float(n), json.dumps(data)) for n, (kind, data) in enumerate(said)]
    read = list(TurnReader(CONTENT, Period()).read(events))
    return Watch().watch(read), count(read, Repeats(most=0))


def test_a_turn_is_left_as_it_was_read() -> None:
    said = [("user", _message("is there demand", "demand")), _answer("demand")]
    events = [Event("one", kind, float(n), json.dumps(data)) for n, (kind, data) in enumerate(said)]
    (turn,) = TurnReader(CONTENT, Period()).read(events)
    suspect = Suspect.of(turn)
    assert turn.found.ranking == (("demand", 0.5),)
    assert suspect.turn.found.ranking == ()  # there may be very many of these


def _answer(subject: str) -> tuple[str, dict[str, Any]]:
    metadata = {"kind": "answer", "answer": subject, "verdict": "answered", "statements": [subject]}
    return "bot", {"text": "...", "metadata": metadata}


def _signs(watch: Watch) -> list[list[str]]:
    return [each.signs for each in watch.suspects]


def test_a_thumb_marks_the_answer_that_it_names_not_the_last_one() -> None:
    thumb = {"text": "/feedback_bad", "parse_data": {"intent": {"name": "feedback_bad"}}}
    kept = {"name": "feedback", "value": [{"subject": "demand", "feedback": "feedback_bad"}]}
    watch, _ = _watched(
        ("user", _message("is there demand", "demand")),
        _answer("demand"),
        ("user", _message("and which skills", "skills")),
        _answer("skills"),
        ("user", thumb),
        ("slot", kept),
    )
    assert "down" in _signs(watch)[0]
    assert "down" not in _signs(watch)[1]
    assert "last" in _signs(watch)[1]  # a thumb hides no reply


@pytest.mark.parametrize(
    ("intent", "act", "is_wrong"),
    [
        ("correct", 0.0, True),
        ("feedback_bad", 0.0, True),
        ("demand", 0.6, True),
        ("demand", 0.2, False),
    ],
)
def test_who_complains_marks_the_reply_before(intent: str, act: float, is_wrong: bool) -> None:
    watch, figures = _watched(
        ("user", _message("is there demand", "demand")),
        _answer("demand"),
        ("user", _message("that is not it", intent, act)),
        _answer("demand"),
    )
    assert ("wrong" in _signs(watch)[0]) is is_wrong
    assert figures.signs["wrong"] == is_wrong


def test_what_the_model_was_unsure_of_is_more_doubtful() -> None:
    def suspect(answers: float) -> Suspect:
        message = _message("is there demand", "skills")
        message["parse_data"]["reading"]["judged"][0]["answers"] = answers
        watch, _ = _watched(("user", message), _answer("demand"))
        return watch.suspects[0]

    sure, unsure = suspect(0.95), suspect(0.45)
    assert "low" in unsure.signs
    assert "low" not in sure.signs
    assert unsure.doubt > sure.doubt
