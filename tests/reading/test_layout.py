"""A message and its candidates as one sequence."""

from __future__ import annotations

import numpy as np
import pytest

from reading.encoder import packaged_encoder
from reading.layout import Laid, Layout

TEXTS = ["Cooks prepare meals.", "Waiters bring the meals to the guests.", "Guests pay."]


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(packaged_encoder().tokenizer)


def lay(layout: Layout, texts: list[str], told: str = "") -> Laid:
    return layout.lay_out(
        "who cooks?", "Guests pay.", "hi", [(text, text == told) for text in texts]
    )


def seen_by(laid: Laid, place: int) -> tuple[list[int], list[int], list[int]]:
    """What a statement's tokens may look at: their ids, types and positions."""
    start, end = laid.spans[place]
    visible = laid.bias()[start:end] == 0
    assert (visible == visible[0]).all()
    return laid.ids[visible[0]].tolist(), laid.types[visible[0]].tolist(), laid.positions[
        visible[0]
    ].tolist()  # fmt: skip


def test_a_statement_is_laid_the_same_beside_whichever_others(layout: Layout) -> None:
    alone = seen_by(lay(layout, TEXTS[1:2]), 0)
    assert seen_by(lay(layout, TEXTS), 1) == alone
    assert seen_by(lay(layout, [*TEXTS[::-1], "More text."]), 1) == alone


def test_the_message_sees_no_statement(layout: Layout) -> None:
    laid = lay(layout, TEXTS)
    head = int(laid.spans[0][0])
    bias = laid.bias()
    assert (bias[:head, :head] == 0).all()
    assert (bias[:head, head:] < -1000).all()


def test_spans_hold_their_statements(layout: Layout) -> None:
    laid = lay(layout, TEXTS)
    tokenizer = packaged_encoder().tokenizer
    read = [tokenizer.decode(laid.ids[start:end].tolist()) for start, end in laid.spans]
    assert read == [f"[unused0] {text.lower()}" for text in TEXTS]


def test_what_the_last_reply_told_is_marked(layout: Layout) -> None:
    laid = lay(layout, TEXTS, told=TEXTS[2])
    marks = [int(laid.ids[start]) for start, _ in laid.spans]
    assert marks[0] == marks[1] != marks[2]


def test_long_texts_are_cut_and_empty_ones_leave_their_separators(layout: Layout) -> None:
    long = " ".join(["kitchen"] * 500)
    laid = layout.lay_out(long, long, long, [(long, False)])
    assert len(laid.ids) < 220
    assert int(laid.positions.max()) < 512
    assert len(layout.lay_out("hi", "", "", []).ids) == 5
    assert layout.lay_out("hi", "", "", []).spans.shape == (0, 2)
    assert laid.ids.dtype == np.int64
