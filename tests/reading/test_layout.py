"""A message and a statement as one sequence."""

from __future__ import annotations

import numpy as np
import pytest

from reading.encoder import packaged_encoder
from reading.heard import Heard
from reading.layout import Batch, Layout

TEXTS = ["Cooks prepare meals.", "Waiters bring the meals to the guests.", "Guests pay."]
HEARD = Heard("who cooks?", "Guests pay.", "who pays?", ("s3",), "hi")


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(packaged_encoder().tokenizer)


def read(ids: np.ndarray) -> str:
    return packaged_encoder().tokenizer.decode(ids.tolist(), skip_special_tokens=False)


def test_each_statement_stands_behind_all_that_was_said(layout: Layout) -> None:
    head = "[CLS] who cooks? [SEP] guests pay. [SEP] who pays? [SEP] hi [SEP]"
    for text, laid in zip(
        TEXTS, layout.lay_out(HEARD, [(text, False) for text in TEXTS]), strict=True
    ):
        assert read(laid.ids[: laid.start]) == head
        assert read(laid.ids[laid.start :]) == f"[unused0] {text.lower()} [SEP]"


def test_what_the_last_reply_told_is_marked(layout: Layout) -> None:
    new, told = layout.lay_out(HEARD, [(TEXTS[0], False), (TEXTS[0], True)])
    assert new.ids[new.start] != told.ids[told.start]
    assert (new.ids[new.start + 1 :] == told.ids[told.start + 1 :]).all()


def test_long_texts_are_cut_and_empty_ones_leave_their_separators(layout: Layout) -> None:
    long = " ".join(["kitchen"] * 500)
    (laid,) = layout.lay_out(Heard(long, long, long, (), long), [(long, False)])
    assert len(laid.ids) < 240
    (bare,) = layout.lay_out(Heard("hi"), [("", False)])
    assert read(bare.ids) == "[CLS] hi [SEP] [SEP] [SEP] [SEP] [unused0] [SEP]"


def test_a_batch_is_padded_behind_its_sequences(layout: Layout) -> None:
    laid = layout.lay_out(HEARD, [(text, False) for text in TEXTS])
    batch = Batch.of(laid, 8)
    assert batch.ids.shape[1] % 8 == 0
    for row, each in enumerate(laid):
        count = len(each.ids)
        assert (batch.ids[row, :count] == each.ids).all()
        assert not batch.ids[row, count:].any()
        of_statement = np.flatnonzero(batch.of_statements()[row])
        assert of_statement.tolist() == list(range(each.start, count))
