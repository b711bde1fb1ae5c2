"""Where an answer is from."""

from __future__ import annotations

import pytest

from actions.sources import source_of
from actions.thread import Subject
from content.schema import Reply as Told
from tests.actions.harness import AI, CONTENT, ML, Reply, run, slots, texts

CELLS = [
    (topic, role, cell)
    for topic, aspect in CONTENT.aspects.items()
    for role, cell in aspect.cells.items()
]
CITING = [each for each in CELLS if each[2].source.reference]
PLAIN = [each for each in CELLS if not each[2].source.reference]


def ask(topic: str, role: str | None = None) -> tuple[str, Reply]:
    """What is said of the source of an answer, and the reply it is in."""
    first = run("answer", intent=topic, roles=[role] if role else [])
    reply = run("source", after=first)
    (text,) = texts(reply)
    return text, reply


def test_some_answers_cite_a_reference_and_some_do_not() -> None:
    assert CITING
    assert PLAIN


@pytest.mark.parametrize(("topic", "role", "cell"), CITING)
def test_a_source_names_section_article_and_reference(topic: str, role: str, cell: Told) -> None:
    text, _ = ask(topic, role)
    cited = CONTENT.references[str(cell.source.reference)]
    for part in (cited.author, cited.title, cited.published, cited.address):
        assert part in text
    assert CONTENT.sections[cell.source.section].title in text
    assert CONTENT.article.title in text


@pytest.mark.parametrize(("topic", "role", "cell"), PLAIN)
def test_a_source_without_reference_names_section_and_article(
    topic: str, role: str, cell: Told
) -> None:
    text, _ = ask(topic, role)
    assert CONTENT.sections[cell.source.section].title in text
    for part in (CONTENT.article.title, CONTENT.article.publisher, CONTENT.article.published):
        assert part in text
    assert not any(reference.address in text for reference in CONTENT.references.values())


@pytest.mark.parametrize("topic", CONTENT.entries)
def test_the_source_of_an_entry_is_named(topic: str) -> None:
    text, _ = ask(topic)
    assert CONTENT.sections[CONTENT.entries[topic].source.section].title in text


def test_the_source_of_a_comparison_is_its_own() -> None:
    text, _ = ask("definition")
    section = CONTENT.aspects["definition"].comparison.source.section
    assert CONTENT.sections[section].title in text


def test_a_gap_names_the_article_and_no_section() -> None:
    text, _ = ask("gap_pay")
    assert CONTENT.article.title in text
    assert text.startswith(CONTENT.prompts["source_gap"].split("{")[0])


def test_asking_for_the_source_changes_nothing_but_how_the_next_message_is_read() -> None:
    _, reply = ask("skills")
    assert {event["name"] for event in reply.events} == {"manner"}
    assert slots(reply)["topic"] == "skills"


@pytest.mark.parametrize(("topic", "role", "cell"), CELLS)
def test_whom_the_article_cites_for_an_aspect_is_told_at_once(
    topic: str, role: str, cell: Told
) -> None:
    text = f"who is quoted for the {topic}?"
    (said,) = texts(run("answer", intent=topic, text=text, roles=[role]))
    if cell.source.reference:
        assert CONTENT.references[cell.source.reference].address in said
    else:
        assert said.startswith("The article cites nobody for that.")


def test_whom_it_cites_for_an_aspect_of_all_roles_is_told_of_each() -> None:
    said = texts(run("source", text="who is cited for the definition of the two?", roles=["both"]))
    for role, text in zip((ML, AI), said, strict=True):
        cited = CONTENT.aspects["definition"].cells[role].source.reference
        assert CONTENT.references[str(cited)].address in text


def test_quote_me_something_asks_for_no_source() -> None:
    reply = run("answer", intent="case_result", text="quote me the figure from there")
    assert texts(reply) == [CONTENT.reply("case_result", None).answer]


@pytest.mark.parametrize(
    ("text", "intent", "reference"),
    [
        ("who says that they need to understand data pipelines?", "skills", "reddit"),
        ("which one is behind the definition of ML?", "definition", "rice"),
    ],
)
def test_who_says_something_is_told_at_once(text: str, intent: str, reference: str) -> None:
    (said,) = texts(run("answer", intent=intent, text=text, roles=[ML]))
    assert CONTENT.references[reference].address in said


def test_a_form_of_a_verb_is_not_taken_for_a_title() -> None:
    text = "the reference for the claim that ML engineers train models on data?"
    (said,) = texts(run("source", text=text, roles=[ML]))
    cited = CONTENT.aspects["definition"].cells[ML].source.reference
    assert CONTENT.references[str(cited)].address in said


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what do ML engineers do behind the scenes?", "work"),
        ("which open source tools do ML engineers use?", "tools"),
        ("what data sources do ML engineers work with?", "work"),
    ],
)
def test_a_question_with_a_word_for_sources_may_ask_for_something_else(
    text: str, intent: str
) -> None:
    assert texts(run("answer", intent=intent, text=text, roles=[ML])) == [
        CONTENT.reply(intent, ML).answer
    ]


def test_a_question_of_its_own_after_a_source_is_answered() -> None:
    source = run("source", after=run("answer", intent="definition", roles=[ML]))
    text = "and what skills does an AI engineer need"
    reply = run("answer", intent="skills", text=text, roles=[AI], after=source)
    assert texts(reply) == [CONTENT.reply("skills", AI).answer]


def test_who_is_quoted_for_it_asks_of_the_last_answer() -> None:
    first = run("answer", intent="definition", roles=[ML])
    (said,) = texts(run("answer", intent="references", text="who is quoted for it?", after=first))
    cited = CONTENT.aspects["definition"].cells[ML].source.reference
    assert CONTENT.references[str(cited)].address in said


def test_who_is_quoted_asks_of_all_references() -> None:
    first = run("answer", intent="definition", roles=[ML])
    (said,) = texts(run("answer", intent="references", text="who is quoted?", after=first))
    assert said == CONTENT.reply("references", None).answer


def test_who_is_quoted_there_asks_of_what_the_message_names() -> None:
    first = run("answer", intent="definition", roles=[ML])
    text = "and the definition of AI engineering, who is quoted there?"
    (said,) = texts(run("answer", intent="definition", text=text, roles=[AI], after=first))
    cited = CONTENT.aspects["definition"].cells[AI].source.reference
    assert CONTENT.references[str(cited)].address in said


@pytest.mark.parametrize("role", [ML, AI])
@pytest.mark.parametrize("topic", CONTENT.aspects)
def test_what_is_quoted_of_a_role_names_its_source(topic: str, role: str) -> None:
    claim = CONTENT.reply(topic, role).answer
    reply = run(
        "source", text=f"what supports the claim that {claim}", intent="source", roles=[role]
    )
    assert str(source_of(CONTENT, Subject(topic, role))["section"]) in texts(reply)[0]


@pytest.mark.parametrize("topic", [name for name in CONTENT.entries if name != "references"])
def test_what_is_quoted_names_its_source(topic: str) -> None:
    reply = run("source", text=f"who says {CONTENT.entries[topic].answer}", intent="source")
    assert str(source_of(CONTENT, Subject(topic))["section"]) in texts(reply)[0]


def test_what_quotes_nothing_asks_for_the_last_source() -> None:
    skills = run("answer", intent="skills", roles=[ML])
    reply = run("source", text="which proof do you have for that", intent="source", after=skills)
    assert str(source_of(CONTENT, Subject("skills", ML))["section"]) in texts(reply)[0]


def test_what_a_reference_is_cited_for_is_no_quotation() -> None:
    (reference, *_) = CONTENT.references.values()
    first = run("answer", intent="skills", roles=[ML])
    source = run("source", text="who says so", intent="source", after=first)
    asked = f"and what is {reference.names[0]} cited for?"
    reply = run("answer", text=asked, intent="references", after=source)
    assert str(reference.title) in texts(reply)[0]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("is there a source for the 35 %?", "Case Study"),
        ("where does it get the definition of ML engineering from?", "Defining Machine"),
        ("any independent study behind that?", "Industry Trends"),
    ],
)
def test_the_source_of_a_thing_is_asked_for(text: str, section: str) -> None:
    after = run("answer", intent="demand")
    roles = [ML] if "ML" in text else []
    told = texts(run("answer", intent="gap_numbers", text=text, roles=roles, after=after))
    assert section in told[0]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Leveragai, is that a neutral source?", "leveragai"),
        ("which background, for my sourcing list?", "background"),
    ],
)
def test_other_sources_are_not_asked_for(text: str, intent: str) -> None:
    told = texts(run("answer", intent=intent, text=text))
    assert "section" not in told[0]


@pytest.mark.parametrize(
    ("name", "opening"), [("Rice", "No, the article cites"), ("Illinois", "Yes. The article cites")]
)
def test_whether_a_reference_backs_a_thing_is_told(name: str, opening: str) -> None:
    after = run("answer", intent="definition", roles=[ML])
    text = f"and the definition of AI engineering, is that from {name} too?"
    told = texts(run("answer", intent="references", text=text, roles=[AI], after=after))
    assert told[0].startswith(opening)
    assert "Illinois" in told[0]


@pytest.mark.parametrize(("name", "opening"), [("Rice", "No,"), ("Illinois", "Yes.")])
def test_whether_a_reference_was_the_one_told_last_is_told(name: str, opening: str) -> None:
    told = run("answer", intent="skills", roles=[AI])
    after = run("source", intent="source", text="who says the definition?", roles=[AI], after=told)
    assert "Illinois" in texts(after)[0]
    said = texts(run("answer", intent="references", text=f"is that from {name}?", after=after))
    assert said[0].startswith(opening)
    assert "Illinois" in said[0]


def test_what_is_backed_by_no_reference_is_not_from_one() -> None:
    after = run("answer", intent="demand")
    said = texts(run("answer", intent="references", text="is that from Rice?", after=after))
    assert said[0].startswith("No, ")
    assert "Industry Trends" in said[0]
