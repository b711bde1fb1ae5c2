"""An article taken apart: a first draft of content, and what is left to do at each statement."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from content.loader import load
from keepers.article_text import Sentence, parse, sentences
from keepers.draft_article import content_of, notes

ARTICLE = """\
# Rafts vs. Canoes: What Floats Best

Rafts are wide, e.g. 3 metres. They carry ten people (Lake Office, 2025).

## Getting ready
Before each trip a guide does three things:

1. count the vests
2. check the ropes
3. look at the sky

Q: Do rafts sink? A: Rafts seldom sink in calm water.

## References

Lake Office. (2025). Boats counted. https://example.org/boats
"""


def test_sections_questions_lists_and_sources_are_told_apart() -> None:
    text = parse(ARTICLE)
    assert text.title == "Rafts vs. Canoes: What Floats Best"
    assert [each.title for each in text.sections] == [
        "Introduction",
        "Getting ready",
        "Do rafts sink",
        "References",
    ]
    ready = text.sections[1].sentences[0]
    assert ready.points == ("count the vests", "check the ropes", "look at the sky")
    assert ready.is_ordered
    assert text.sections[2].question == "Do rafts sink?"
    assert text.sections[3].is_sources


def test_a_plain_text_has_short_lines_for_headings() -> None:
    text = parse("All about rafts\n\nWhat they are\n\nRafts are wide boats.\nThey float.\n")
    assert text.title == "All about rafts"
    assert [each.title for each in text.sections] == ["What they are"]
    assert [each.text for each in text.sections[0].sentences] == [
        "Rafts are wide boats.",
        "They float.",
    ]


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("Dr. May rows. She wins.", ["Dr. May rows.", "She wins."]),
        ("It costs 3.50 euros. Or more!", ["It costs 3.50 euros.", "Or more!"]),
        ("Some, e.g. **rafts**, float.", ["Some, e.g. rafts, float."]),
        ("See [the list](https://example.org/a.b). It is long.", ["See the list.", "It is long."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(paragraph: str, found: list[str]) -> None:
    assert sentences(paragraph) == found


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("They carry ten people across the lake.", "TO DO: say what 'They' stands for"),
        ("Rafts float.", "TO DO: 2 words"),
        ("Rafts " + "float " * 30, "TO DO: 31 words"),
        ("Do rafts float on every lake?", "TO DO: a question"),
        ("While rafts float on any lake, canoes", "TO DO: it breaks off"),
        ("Rafts carry 10 people on calm water.", "a figure"),
        ("Rafts are wider than canoes on any lake.", "a comparison"),
        ("Rafts sink now and then (Lake Office, 2025).", "a reference"),
        ("First the guide counts, then everybody boards.", "steps in order"),
    ],
)
def test_what_is_to_do_is_said_at_the_statement(text: str, note: str) -> None:
    assert any(note in each for each in notes(Sentence(text)))


def test_a_plain_fact_has_nothing_to_do() -> None:
    assert list(notes(Sentence("Rafts carry people across the lake."))) == []


def test_the_draft_loads_when_what_it_asks_for_is_filled_in(tmp_path: Path) -> None:
    for name, text in content_of(parse(ARTICLE)).items():
        assert yaml.safe_load(text)
        filled = text.replace("question:  #", "question: 'What?' #")
        for key in ("cited_for", "author", "title", "published", "address"):
            filled = filled.replace(f"    {key}:\n", f"    {key}: x\n")
        filled = filled.replace("cited_for:  #", "cited_for: x #")
        (tmp_path / name).write_text(filled, encoding="utf-8")
    content = load(tmp_path)
    assert list(content.roles) == ["rafts", "canoes"]
    assert content.statements["getting_ready_1"].steps[0] == "count the vests"
    assert content.topics["do_rafts_sink"].question == "Do rafts sink?"


def test_sources_in_one_paragraph_are_told_apart_by_their_addresses() -> None:
    listed = "A. (2021). One. https://example.org/1 B. (2022). Two. https://example.org/2"
    (section,) = parse(f"Boats\n\n## Sources\n\n{listed}\n").sections
    assert [each.text for each in section.sentences] == [
        "A. (2021). One. https://example.org/1",
        "B. (2022). Two. https://example.org/2",
    ]
