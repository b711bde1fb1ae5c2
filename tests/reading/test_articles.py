"""The form of the reader's data, and what is wrong with files that have another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reading.articles import DATA, ArticleError, read_article, read_articles
from tests.reading.conftest import STATEMENTS, WriteArticle


def test_single_turns_know_what_was_told_before(write_article: WriteArticle) -> None:
    single, _, later, _ = read_article(write_article()).turns[:4]
    assert (single.kind, single.previous, single.told, single.asks) == ("single", "", (), True)
    assert (later.kind, later.previous, later.told) == ("in context", "hm", ("s4",))
    assert later.reply == STATEMENTS["s4"]


def test_turns_of_conversations_follow_one_another(write_article: WriteArticle) -> None:
    first, thanks, last = (
        turn for turn in read_article(write_article()).turns if turn.kind == "conversation"
    )
    assert (first.previous, first.told, first.acts) == ("", (), ("greet", "ask"))
    assert (thanks.told, thanks.asks) == (("s2",), False)
    assert last.told == ("s2",), "a reply that told nothing leaves what was told before"
    assert (last.previous, last.verdict) == ("thanks", "no")
    assert last.earlier == "hi, what do waiters do?"
    assert (last.form, thanks.form) == ("bullets", "none")


def test_hard_turns_are_read_beside(write_article: WriteArticle) -> None:
    article = read_article(write_article())
    assert [turn.kind for turn in article.turns].count("hard") == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"statements": {}}, "no 'statements'"),
        ({"statements": ["A cook cooks."]}, "no 'statements'"),
        ({"turns": [{"say": "x", "labels": {"s99": "answers"}}]}, "s99"),
        ({"turns": [{"say": "x", "labels": {"s1": "proves"}}]}, "proves"),
        ({"turns": [{"say": "x", "labels": {}, "form": "haiku"}]}, "haiku"),
        ({"turns": [{"say": "x"}]}, "labels"),
        ({"turns": [{"labels": {}}]}, "say"),
        ({"turns": ["x"]}, "cook-vs-waiter.json"),
        ({"more": {"dialogues": [{"turns": [{"say": "x", "labels": {}}]}]}}, "reply"),
        ({"more": {"dialogues": [{}]}}, "turns"),
    ],
)
def test_a_fault_of_form_is_told_with_its_file(
    write_article: WriteArticle, changed: dict[str, Any], told: str
) -> None:
    path = write_article(**changed)
    with pytest.raises(ArticleError, match=told) as caught:
        read_article(path)
    assert path.name in str(caught.value)


def test_a_file_that_is_no_json_is_told(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ArticleError, match="broken"):
        read_article(path)


def test_a_folder_without_articles_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no article files"):
        read_articles(tmp_path)


def test_other_json_files_are_passed_over(write_article: WriteArticle) -> None:
    path = write_article()
    (path.parent / "notes.json").write_text("{}", encoding="utf-8")
    assert [article.name for article in read_articles(path.parent)] == [path.stem]


def test_the_committed_articles_have_the_form() -> None:
    names = [article.name for article in read_articles(DATA)]
    held_out = (DATA / "held_out.txt").read_text(encoding="utf-8").split()
    assert set(held_out) <= set(names)
    assert len(set(names)) == len(names) > 90
