"""What is decided on whatever was understood, and what is remembered of it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dialogue.acts import ACTS, Act, from_line, to_line
from dialogue.decode import KINDS, decode
from dialogue.thread import OTHER, Thread
from dialogue.understanding import ALL, SETTLED, Judged, Reading, Understanding, Wanted
from tests.actions.harness import AI, CONTENT, ML
from tests.support.properties import held

_IDS = st.sampled_from([*[*CONTENT.statements][:12], "three_diffs", "refs", "ref_uic"])
_PARTS = st.sampled_from(["scope", "deployment", "ref_uic", "taken_out"])
_TOPICS = st.sampled_from(CONTENT.topic_ids)
_ROLES = st.sampled_from([ML, AI])
_CHANCES = st.sampled_from([0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 0.95])
_VERDICTS = st.sampled_from([*SETTLED, "not_stated", "none"])
_NAMES = st.sampled_from(
    "greet thanks more why repeat source followup correct choose affirm deny none_of_these shorter "
    "skip cancel fit_form start_over go_back help version nlu_fallback feedback_bad unheard_of "
    "acknowledge confused feeling human "
    "out_of_scope".split()
)
_INTENTS = st.one_of(_NAMES, _TOPICS)
_LENGTHS = st.none() | st.integers(1, 9)
_FORMS = st.none() | st.sampled_from(
    "bullets numbered table sentence words shorter simpler names longer odd".split()
)
_WANTED = st.builds(Wanted, _FORMS, _LENGTHS, _LENGTHS)


def some(values: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    """Several different ones."""
    return st.lists(values, max_size=most, unique=True).map(tuple)


# Acts.

_TEXTS = st.text(min_size=1)
#: By the types that the fields of acts have.
_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "str": _TEXTS,
    "str | None": st.none() | _TEXTS,
    "bool": st.booleans(),
    "Wanted": _WANTED,
    "tuple[str, ...]": some(_TEXTS),
    "tuple[int, ...]": some(st.integers()),
    "tuple[tuple[str, str | None], ...]": some(st.tuples(_TEXTS, st.none() | _TEXTS)),
}


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """Any act with any values."""
    act = ACTS[draw(st.sampled_from(sorted(ACTS)))]
    return act(**{each.name: draw(_FIELDS[str(each.type)]) for each in fields(act)})


@held
@given(acts())
def test_an_act_is_read_from_the_line_that_it_is_logged_as(act: Act) -> None:
    line = to_line(act)
    assert len(line.splitlines()) == 1
    assert from_line(line) == act


# The thread.

_SAID = st.fixed_dictionaries(
    {
        "text": st.text(max_size=9),
        "kind": st.sampled_from(["answer", "gap", None]),
        "statements": some(_IDS, 3).map(list),
        "topic": st.none() | _TOPICS | st.just("taken_out"),
        "role": st.none() | _ROLES,
        "verdict": st.none() | _VERDICTS,
        "form": st.sampled_from([None, "bullets", "table"]),
    }
)
_OFFERS = st.one_of(
    st.fixed_dictionaries({"title": _TEXTS, "intent": _TOPICS | st.just("cancel")}),
    st.fixed_dictionaries({"title": _TEXTS, "intent": _TOPICS, "option": st.just("a/0")}),
)
_THREADS = st.builds(
    Thread,
    topic=st.none() | _TOPICS | st.just("taken_out"),
    role=st.none() | _ROLES | st.just("taken_out"),
    listed=some(_PARTS, 3).map(list),
    offered=st.lists(_OFFERS, max_size=3),
    said=st.lists(_SAID, max_size=2),
    told=some(_IDS | st.just("taken_out")).map(list),
    trail=st.lists(_SAID, max_size=2),
    unsure=st.integers(0, 3),
    form=st.none() | st.fixed_dictionaries({"interrupted": st.booleans()}),
    visit=st.none() | st.floats(0, 1e10),
    greeted=st.booleans(),
    heard=some(_IDS).map(list),
    texts=some(st.integers(0, 2**32 - 1)).map(list),
)


def as_rasa_keeps(thread: Thread) -> dict[str, Any]:
    """Its slots, after they went through a database."""
    slots: dict[str, Any] = json.loads(json.dumps(asdict(thread)))
    return slots


@held
@given(_THREADS, _THREADS)
def test_slots_keep_the_thread(before: Thread, after: Thread) -> None:
    """A thread comes back from its slots, and so it does where only the changed ones are set."""
    assert Thread.from_slots(as_rasa_keeps(after)) == after
    changed = {**as_rasa_keeps(before), **json.loads(json.dumps(after.changes(before)))}
    assert Thread.from_slots(changed) == after
    assert after.changes(after) == {}


@held
@given(_THREADS, st.lists(_SAID, min_size=1, max_size=3), st.lists(st.text(), max_size=3))
def test_what_is_said_is_remembered_once(
    thread: Thread, said: list[dict[str, Any]], texts: list[str]
) -> None:
    for _ in range(30):
        thread = thread.saying(said).uttering(texts)
    assert thread.said == said
    assert {one for each in said for one in each["statements"]} <= set(thread.told)
    assert len(set(thread.told)) == len(thread.told)
    assert len(set(thread.texts)) == len(thread.texts) <= 60
    assert len(thread.trail) <= 20
    assert all(thread.has_said(each) for each in texts if each)


@held
@given(_THREADS)
def test_what_was_taken_out_of_the_content_is_forgotten(thread: Thread) -> None:
    known = thread.known(CONTENT)
    assert known.known(CONTENT) == known
    assert {*known.told, *known.heard, *known.last} <= set(CONTENT.statements)
    assert known.topic in (None, *CONTENT.topic_ids)
    assert known.role in (None, *CONTENT.roles)


# Decisions.


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """What the reader may make of a message, and of an edited article."""
    ids = draw(some(_IDS | st.just("taken_out")))
    judged = [Judged(each, *draw(st.tuples(*[_CHANCES] * 4))) for each in ids]
    kinds = draw(some(st.sampled_from(["ask", *KINDS]), 3))
    verdict = draw(_VERDICTS)
    return Reading(
        acts={kind: draw(_CHANCES) for kind in kinds},
        verdict=verdict,
        leaning=draw(st.sampled_from(["yes", "no", "partly", verdict])),
        confidence=draw(_CHANCES),
        statements=ids[: draw(st.integers(0, 3))],
        judged=tuple(judged),
        which=draw(_CHANCES),
    )


@st.composite
def messages(draw: st.DrawFn, is_part: bool = False) -> Understanding:
    """What may be understood of a message."""
    intent = draw(_INTENTS)
    return Understanding(
        intent=intent,
        outcome=draw(st.sampled_from(["answer", "refuse", "unsure", "foreign", ""])),
        reason=draw(st.sampled_from(["", "", "", "no_words"])),
        sure=draw(_CHANCES),
        refused=draw(_CHANCES),
        ranking=((intent, draw(_CHANCES)), (draw(_INTENTS), 0.1)),
        roles=draw(some(_ROLES | st.sampled_from([OTHER, "both", "former", "unheard_of"]), 2)),
        reading=draw(readings()),
        parts=() if is_part else tuple(draw(st.lists(messages(is_part=True), max_size=2))),
        wanted=draw(_WANTED),
        places=draw(some(st.integers(-1, 5) | st.just(ALL), 2)),
        is_pressed=draw(st.booleans()),
    )


def named(act: Act) -> set[str]:
    """Statements of an act."""
    return {*getattr(act, "statements", ()), *getattr(act, "near", ())}


@held
@given(messages(), _THREADS)
def test_something_is_decided_on_every_message(found: Understanding, thread: Thread) -> None:
    """At least one act, of statements and topics that are told today; and the same each time."""
    thread = thread.known(CONTENT)
    decision = decode(found, thread, CONTENT)
    assert decision.acts
    for act in decision.acts:
        assert named(act) <= set(CONTENT.statements)
        assert getattr(act, "topic", None) in (None, *CONTENT.topic_ids)
        assert getattr(act, "gap", "out_of_scope") in CONTENT.gaps
        assert getattr(act, "role", None) in (None, *CONTENT.roles)
    assert decode(found, thread, CONTENT) == decision
    assert decision.by in decision.line()
