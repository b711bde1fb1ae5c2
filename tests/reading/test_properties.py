"""What is read, of whatever is said: sequences, figures, claims and verdicts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reading.articles import LABELS
from reading.bounds import holds, weighed
from reading.encoder import packaged_encoder
from reading.figures import COUNT, DATE, SHARE, figures, numerals
from reading.heard import Heard
from reading.layout import Batch, Layout
from reading.verdict import (
    ANSWERED,
    NO,
    NONE,
    NOT_STATED,
    PARTLY,
    VERDICTS,
    YES,
    Thresholds,
    verdict_of,
)
from tests.support.properties import held, typed

_LONGEST = 72 + 56 + 36 + 24 + 44 + 7  # tokens of all parts, and the marks between them
_MEASURES = {*numerals()["measures"], DATE, COUNT, SHARE}
_WORDS = """a an the one two ten twenty hundred thousand million half third quarter per cent
percent % € $ in out of to and between about at least most more less than over under up by before
after since until years weeks march november 7 2025 1999 35 1,000 2.5 1.2.3 0 waiters not n't , -
– ? longer not more than""".split()


def messages() -> st.SearchStrategy[str]:
    """Messages with numbers, units and comparators in any order, and any others."""
    numbers = st.integers(0, 10**6).map(str)
    told = st.lists(st.one_of(st.sampled_from(_WORDS), numbers), max_size=9).map(" ".join)
    return st.one_of(told, typed())


# Sequences.


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(packaged_encoder().tokenizer)


@held
@given(
    st.builds(Heard, typed(), typed(), typed(), st.just(()), typed()),
    st.lists(st.tuples(st.one_of(messages(), st.just("kitchen " * 99)), st.booleans()), min_size=1),
)
def test_a_sequence_has_its_statement_and_is_never_too_long(
    layout: Layout, heard: Heard, statements: list[tuple[str, bool]]
) -> None:
    laid = layout.lay_out(replace(heard, reply=heard.reply * 50), statements)
    assert len(laid) == len(statements)
    for each, (text, is_told) in zip(laid, statements, strict=True):
        assert each.start < len(each.ids) <= _LONGEST
        assert (each.ids[: each.start] == laid[0].ids[: laid[0].start]).all()
        (alone,) = layout.lay_out(Heard("hi"), [(text, is_told)])
        assert each.ids[each.start :].tolist() == alone.ids[alone.start :].tolist()
    batch = Batch.of(laid, 8)
    assert batch.ids.shape == batch.types.shape == batch.of_statements().shape
    assert batch.of_statements().sum() == sum(len(each.ids) - each.start for each in laid)


@held
@given(st.builds(Heard, typed(), typed(), typed(), st.just(()), typed()))
def test_what_is_heard_is_seen_in_four_ways(heard: Heard) -> None:
    say, everything, reply, asked = heard.views
    assert (say, reply) == (heard.say, heard.reply)
    assert everything.startswith(say)
    assert everything.endswith(asked)
    assert len(everything.split()) <= len(say.split()) + 40 + len(asked.split())
    assert heard.renamed(lambda text: text) == heard


# Figures and claims.


@held
@given(messages())
def test_a_figure_is_a_range_of_a_measure(text: str) -> None:
    for each in figures(text):
        assert each.low <= each.high
        assert each.measure in _MEASURES
        assert not (each.nouns and each.measure != COUNT)
        if each.is_open:
            assert math.inf in (-each.low, each.high)


@held
@given(messages(), messages())
def test_a_claim_can_be_compared_with_anything(message: str, statement: str) -> None:
    assert holds(message, statement) in (True, False, None)


@held
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_claims_hold_as_arithmetic_says(claimed: int, stated: int) -> None:
    fact = f"It costs {stated} euros."
    assert holds(f"more than {claimed} euros?", fact) is (stated > claimed)
    assert holds(f"less than {claimed} euros?", fact) is (stated < claimed)
    assert holds(f"at least {claimed} euros?", fact) is (stated >= claimed)
    assert holds(f"at most {claimed} euros?", fact) is (stated <= claimed)
    exact = holds(f"{claimed} euros?", fact)
    assert exact is (claimed == stated) or abs(claimed - stated) < 0.02 * max(claimed, stated)
    assert holds(f"{stated} euros?", fact) is True


# A number that could be a year is one, where its unit stands behind the other end of a range.
_NO_YEAR = st.one_of(st.integers(1, 1499), st.integers(2200, 10**6))


@held
@given(_NO_YEAR, _NO_YEAR, _NO_YEAR)
def test_a_range_holds_what_lies_in_it(low: int, high: int, stated: int) -> None:
    assume(low < high)
    found = holds(f"between {low} and {high} euros?", f"It costs {stated} euros.")
    assert found is (low <= stated <= high)


@held
@given(st.integers(1500, 2199), st.integers(1500, 2199))
def test_years_come_one_after_the_other(claimed: int, stated: int) -> None:
    fact = f"It opened in {stated}."
    assert holds(f"in {claimed}?", fact) is (claimed == stated)
    assert holds(f"before {claimed}?", fact) is (stated < claimed)
    assert holds(f"after {claimed}?", fact) is (stated > claimed)
    assert holds(f"since {claimed}?", fact) is (stated >= claimed)


# Verdicts.


@st.composite
def judgements(draw: st.DrawFn) -> np.ndarray:
    """Probabilities of the labels of some candidates."""
    shape = (draw(st.integers(1, 9)), len(LABELS))
    parts = st.lists(st.integers(0, 20), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    labels = np.array(draw(parts), dtype=float).reshape(shape)
    labels[:, 0] += labels.sum(axis=1) == 0
    return np.asarray(labels / labels.sum(axis=1, keepdims=True))


_THRESHOLDS = st.builds(Thresholds, *[st.sampled_from([0, 0.2, 0.4, 0.5, 0.8, 1])] * 5)


def keys_of(labels: np.ndarray) -> list[str]:
    return [f"s{row}" for row in range(len(labels))]


@held
@given(judgements(), _THRESHOLDS)
def test_a_verdict_is_one_and_is_carried(labels: np.ndarray, thresholds: Thresholds) -> None:
    found = verdict_of(keys_of(labels), labels, thresholds)
    assert {found.verdict, found.leaning} <= set(VERDICTS)
    assert 0 <= found.confidence <= 1
    assert len(set(found.statements)) == len(found.statements) <= 6
    assert set(found.statements) <= set(keys_of(labels))
    if found.verdict in (YES, NO, PARTLY):
        assert found.leaning == found.verdict
        assert found.confidence >= thresholds.sure


@st.composite
def edges(draw: st.DrawFn) -> tuple[np.ndarray, Thresholds]:
    """Judgements, and thresholds that some of them just reach."""
    labels = draw(judgements())
    yes, no = map(float, labels[:, 3:].max(axis=0))
    reached = [*map(float, labels.ravel()), *map(float, 1 - labels[:, 0]), abs(yes - no), 0.5]
    return labels, Thresholds(*draw(st.tuples(*[st.sampled_from(reached)] * 5)))


@held
@given(edges())
def test_what_is_likely_enough_settles_and_is_told(case: tuple[np.ndarray, Thresholds]) -> None:
    labels, thresholds = case
    keys = keys_of(labels)
    found = verdict_of(keys, labels, thresholds)
    _, _, answered, yes, no = map(float, labels.max(axis=0))
    column = {YES: labels[:, 3], NO: labels[:, 4], ANSWERED: labels[:, 2]}
    scores = column.get(found.leaning, np.maximum(labels[:, 3], labels[:, 4]))
    least = thresholds.carries
    if max(answered, yes, no) < thresholds.settled:
        assert found.leaning in (NOT_STATED, NONE)
        scores, least = 1 - labels[:, 0], thresholds.near
        assert (found.leaning == NOT_STATED) is bool((scores >= least).any())
    else:
        assert (found.leaning == ANSWERED) is (answered >= max(yes, no))
        two = labels[:, 3].argmax() != labels[:, 4].argmax()
        is_joint = found.leaning != ANSWERED and min(yes, no) >= thresholds.joint and two
        assert (found.leaning == PARTLY) is bool(is_joint)
    assert (found.verdict == found.leaning) is (
        found.leaning not in (YES, NO, PARTLY) or found.confidence >= thresholds.sure
    )
    assert len(found.statements) == min(6, (scores >= least).sum())
    told = [scores[keys.index(each)] for each in found.statements]
    assert told == sorted(told, reverse=True)
    assert min(told, default=1) >= max(
        (scores[row] for row, key in enumerate(keys) if key not in found.statements and told),
        default=0,
    )


@held
@given(judgements(), _THRESHOLDS)
def test_yes_is_never_said_where_no_is_likelier(labels: np.ndarray, thresholds: Thresholds) -> None:
    """With the two labels changed over, yes is no; never is it both, and partly takes two."""
    changed = labels[:, [0, 1, 2, 4, 3]]
    there = verdict_of(keys_of(labels), labels, thresholds)
    back = verdict_of(keys_of(labels), changed, thresholds)
    yes, no = labels[:, 3].max(), labels[:, 4].max()
    if yes == no:
        assert YES not in (there.verdict, back.verdict) or thresholds.sure == 0
        return
    over = {YES: NO, NO: YES}
    assert over.get(there.leaning, there.leaning) == back.leaning
    assert there.confidence == pytest.approx(back.confidence)
    if there.leaning in over:
        assert there.leaning == (YES if yes > no else NO)
    if there.leaning == PARTLY:
        assert labels[:, 3].argmax() != labels[:, 4].argmax()


@held
@given(judgements(), _THRESHOLDS, st.floats(0, 1))
def test_the_higher_the_lead_the_less_is_said(
    labels: np.ndarray, thresholds: Thresholds, sure: float
) -> None:
    """A higher lead takes away yes and no, and changes nothing else."""
    keys = keys_of(labels)
    low, high = sorted([thresholds.sure, sure])
    lax = verdict_of(keys, labels, replace(thresholds, sure=low))
    strict = verdict_of(keys, labels, replace(thresholds, sure=high))
    assert lax[1:] == strict[1:]
    assert strict.verdict in (lax.verdict, ANSWERED)


@held
@given(judgements(), _THRESHOLDS, st.floats(0, 1))
def test_the_more_is_asked_of_a_statement_the_less_is_settled(
    labels: np.ndarray, thresholds: Thresholds, settled: float
) -> None:
    keys = keys_of(labels)
    low, high = sorted([thresholds.settled, settled])
    lax = verdict_of(keys, labels, replace(thresholds, settled=low))
    strict = verdict_of(keys, labels, replace(thresholds, settled=high))
    assert strict == lax or strict.verdict in (NOT_STATED, NONE)


@held
@given(messages(), st.lists(messages(), min_size=9, max_size=9), judgements())
def test_figures_only_share_out_anew(
    message: str, statements: list[str], labels: np.ndarray
) -> None:
    after = weighed(message, statements[: len(labels)], labels)
    assert ((after >= 0) & (after <= 1)).all()
    np.testing.assert_array_equal(after[:, :3], labels[:, :3])
    np.testing.assert_allclose(after[:, 3:].sum(axis=1), labels[:, 3:].sum(axis=1))
