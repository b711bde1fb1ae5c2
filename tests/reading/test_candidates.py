"""The few statements that are read closely."""

from __future__ import annotations

import numpy as np

from reading.articles import DATA, read_article
from reading.candidates import Retriever, Shelf
from reading.heard import Heard
from reading.reader import RETRIEVER, WEIGHTS, StatementReader
from reading.sides import sides_of
from tests.support.floors import Measured

#: Turns of an unseen article of which one of the first ten is right.
_MEASURED = Measured.of(99, 100)


def test_a_shelf_knows_its_statements_by_neutral_names(shelf: Shelf) -> None:
    assert shelf.texts["s1"] == "alphas prepare the meals in the kitchen of a restaurant."
    assert shelf.vectors.shape == (5, 384)
    alike = shelf.spelled_alike([shelf.texts["s2"], "zzzz"])
    assert alike[0].argmax() == 1
    assert not alike[1].any()


def test_what_is_heard_is_renamed_as_a_whole(shelf: Shelf) -> None:
    heard = Heard("cooks?", "Waiters serve.", "a cook", ("s2",), "waiters").renamed(shelf.rename)
    assert heard == Heard("alphas?", "betas serve.", "a alphas", ("s2",), "betas")


def test_views_hold_the_beginning_of_the_last_reply() -> None:
    say, everything, reply, asked = Heard("who?", "word " * 90, "hm", (), "hi").views
    assert (say, asked) == ("who?", "hm hi")
    assert everything.split().count("word") == 40
    assert reply.split().count("word") == 90


def test_untrained_it_ranks_by_meaning_and_spelling(reader: StatementReader, shelf: Shelf) -> None:
    nothing = {
        "mix": np.array([1, 0, 0, 0]),
        "query": np.zeros((384, 4 * 384)),
        "statement": np.zeros((384, 384)),
        "spelling": np.array([0.5]),
        "inner": np.zeros((32, 11)),
        "inner_bias": np.zeros(32),
        "outer": np.zeros((1, 32)),
        "outer_bias": np.zeros(1),
    }
    retriever = Retriever(nothing, reader.encoder)
    ranked = retriever.rank(Heard("how many years do betas train?"), shelf, 3)
    assert ranked[0] == "s3"
    assert len(ranked) == 3


def test_the_committed_one_finds_what_unseen_articles_are_asked(reader: StatementReader) -> None:
    article = read_article(DATA / "blood-donation.json")
    shelf = reader.shelf(article.statements, sides_of(article.name))
    retriever = Retriever.load(WEIGHTS / RETRIEVER, reader.encoder)
    turns = [turn for turn in article.turns if turn.labels and turn.asks][:100]
    found = []
    for turn in turns:
        heard = turn.heard.renamed(shelf.rename)
        found.append(bool(set(retriever.rank(heard, shelf, 10)) & set(turn.labels)))
    assert np.mean(found) >= _MEASURED.floor
