"""The example articles: statements alone, of subjects that the reader is not trained on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from content.loader import ASSISTANT
from reading.articles import DATA, read_article
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
TURNS = 60

if os.environ.get(ASSISTANT):
    pytest.skip("the engine's own test", allow_module_level=True)


def test_there_are_two_comparisons_and_a_plain_faq() -> None:
    compared = ["-vs-" in path.stem for path in EXAMPLES]
    assert sorted(compared) == [False, True, True]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_statements_alone(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert set(found) == {"name", "statements"}
    assert found["name"] == path.stem


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_turns_on_an_example_are_kept_apart_and_on_the_same_statements(path: Path) -> None:
    article = read_article(ROOT / "examples" / "unseen" / path.name)
    told = json.loads(path.read_text(encoding="utf-8"))["statements"]
    assert article.statements == told
    assert len(article.turns) == TURNS
    assert len({turn.say.lower() for turn in article.turns}) > TURNS * 0.9
    verdicts = {turn.verdict for turn in article.turns}
    assert {"yes", "no", "answered", "not_stated", "none"} <= verdicts


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_article_that_the_reader_is_trained_on_has_a_statement_of_it(path: Path) -> None:
    told = {
        text.lower() for text in json.loads(path.read_text(encoding="utf-8"))["statements"].values()
    }
    for trained in DATA.glob("*.json"):
        assert trained.stem != path.stem
        known = json.loads(trained.read_text(encoding="utf-8")).get("statements") or {}
        assert not told & {text.lower() for text in known.values()}, trained.name
