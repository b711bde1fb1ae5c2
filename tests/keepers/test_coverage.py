"""What the content leaves out is told."""

from __future__ import annotations

from dataclasses import replace

from content.loader import load
from keepers.coverage import (
    left_open,
    matrix,
    untold,
    unused_references,
    unused_sections,
    without_an_answer,
)

CONTENT = load()


def test_a_statement_that_no_topic_tells_is_named() -> None:
    assert not set(untold(CONTENT)) - set(left_open(CONTENT))
    topics = {name: each for name, each in CONTENT.topics.items() if name != "hiring_impact"}
    assert {"impact", "align"} <= set(untold(replace(CONTENT, topics=topics)))


def test_a_section_and_a_reference_that_nothing_is_from_are_named() -> None:
    kept = {
        name: each
        for name, each in CONTENT.statements.items()
        if each.source and each.source.section != "case_study" and each.source.reference != "rice"
    }
    less = replace(CONTENT, statements=kept)
    assert unused_sections(less) == ["case_study"]
    assert unused_references(less) == ["rice"]


def test_what_the_article_leaves_open_is_named() -> None:
    assert left_open(CONTENT) == [each.id for each in CONTENT.statements.values() if each.open]
    (topic, *_) = CONTENT.topics
    told = {each.id for each in CONTENT.told_of(topic, None)}
    opened = {
        name: each.copy(update={"open": True}) if name in told else each
        for name, each in CONTENT.statements.items()
    }
    assert topic in without_an_answer(replace(CONTENT, statements=opened))


def test_the_matrix_has_a_row_for_each_topic_that_sets_roles_side_by_side() -> None:
    rows = [line.split()[0] for line in matrix(CONTENT).splitlines()[1:] if line.strip()]
    assert [row for row in rows if row in CONTENT.topics] == [
        name for name in CONTENT.topics if CONTENT.is_grid(name)
    ]
