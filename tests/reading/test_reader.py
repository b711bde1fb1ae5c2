"""How a message is read, as far as it does not depend on what the reader learnt."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from reading.articles import ACTS
from reading.candidates import Shelf
from reading.heard import Heard
from reading.layout import Laid
from reading.reader import Reading, StatementReader
from reading.verdict import VERDICTS
from tests.reading.conftest import STATEMENTS

ASKED = Heard("cooks train for three years, right?", STATEMENTS["s1"], "hi", ("s1",))


def test_a_reading_has_all_its_parts(reader: StatementReader, shelf: Shelf) -> None:
    reading = reader.read(ASKED, shelf)
    assert tuple(reading.acts) == ACTS
    assert reading.verdict in VERDICTS
    assert 0 <= reading.confidence <= 1
    assert {each.id for each in reading.judged} == set(STATEMENTS)
    applies = [each.answers + each.confirms + each.denies + each.near for each in reading.judged]
    assert applies == sorted(applies, reverse=True)
    assert max(applies) <= 1.0001
    assert set(reading.statements) <= set(STATEMENTS)


def test_a_reading_goes_through_json(reader: StatementReader, shelf: Shelf) -> None:
    reading = reader.read(ASKED, shelf)
    written = json.loads(json.dumps(reading.as_dict()))
    again = Reading.from_dict(written)
    assert again.as_dict() == written
    assert again.statements == reading.statements
    assert again.judged[0].id == reading.judged[0].id
    assert again.confidence == pytest.approx(reading.confidence, abs=0.0006)


def test_a_statements_scores_hardly_depend_on_the_other_candidates(
    reader: StatementReader, shelf: Shelf
) -> None:
    heard = ASKED.renamed(shelf.rename)
    together = reader.scores(heard, shelf, ["s1", "s2", "s3", "s4", "s5"])
    alone = reader.scores(heard, shelf, ["s3"])
    assert together.labels.shape == (5, 5)
    np.testing.assert_allclose(together.labels.sum(axis=1), 1, rtol=1e-5)
    # Not the same to the last digit: activations are rounded over the whole sequence.
    np.testing.assert_allclose(together.labels[2], alone.labels[0], atol=0.1)


def test_the_order_of_candidates_does_not_matter(reader: StatementReader, shelf: Shelf) -> None:
    heard = ASKED.renamed(shelf.rename)
    forth = reader.scores(heard, shelf, ["s1", "s3", "s4"])
    back = reader.scores(heard, shelf, ["s4", "s3", "s1"])
    np.testing.assert_allclose(forth.labels, back.labels[::-1], atol=1e-4)
    np.testing.assert_allclose(forth.acts, back.acts, atol=1e-4)


def test_sides_are_read_by_neutral_names(reader: StatementReader, shelf: Shelf) -> None:
    named, neutral = (
        reader.read(Heard(say), shelf) for say in ("do cooks serve?", "do alphas serve?")
    )
    assert named == neutral


@pytest.mark.parametrize(
    ("say", "form"),
    [
        ("put that in a table", "table"),
        ("wich fields do they come from, as bullets", "bullets"),
        ("which fields do they come from?", "none"),
    ],
)
def test_the_form_is_told_by_the_message_or_by_its_last_clause(
    reader: StatementReader, shelf: Shelf, say: str, form: str
) -> None:
    assert reader.read(Heard(say), shelf).form == form


def test_what_was_told_is_marked_for_the_network(
    reader: StatementReader, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = reader._layout
    marked: list[str] = []

    class Spy:
        def lay_out(self, heard: Heard, statements: Sequence[tuple[str, bool]]) -> list[Laid]:
            marked.extend(text for text, is_told in statements if is_told)
            return layout.lay_out(heard, statements)

    monkeypatch.setattr(reader, "_layout", Spy())
    reader.read(Heard("and?", told=("s2", "s5")), shelf)
    assert sorted(marked) == sorted([shelf.texts["s2"], shelf.texts["s5"]])


@pytest.mark.parametrize("say", ["", " ", "?", "🙂", "x" * 3000, "\u0000", "ні"])
def test_any_text_is_read(reader: StatementReader, shelf: Shelf, say: str) -> None:
    assert reader.read(Heard(say, say, say), shelf).verdict in VERDICTS
