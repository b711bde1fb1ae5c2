"""Questions about the sources that the article itself cites."""

from __future__ import annotations

import pytest

from content.schema import Reference
from tests.actions.harness import AI, CONTENT, ML, run, texts

REFERENCES = list(CONTENT.references.values())


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda reference: reference.id)
def test_a_reference_that_is_named_is_told_in_full(reference: Reference) -> None:
    for name in reference.names:
        (text,) = texts(run("answer", intent="references", text=f"what of {name}?"))
        for part in (reference.title, reference.published, reference.address, reference.cited_for):
            assert part in text


@pytest.mark.parametrize(
    "text", ["what year is that", "link?", "what's it called", "from when is it"]
)
def test_a_detail_is_one_of_the_reference_named_before(text: str) -> None:
    first = run("answer", intent="definition", roles=[ML])
    source = run("source", after=first)
    (told,) = texts(run("answer", intent="gap_history", text=text, after=source))
    cited = CONTENT.references[str(CONTENT.reply("definition", ML).source.reference)]
    assert cited.address in told


def test_a_detail_after_all_references_is_told_of_each() -> None:
    after = run("answer", intent="references")
    (told,) = texts(run("source", intent="source", text="links?", after=after))
    assert all(reference.address in told for reference in REFERENCES)


def test_a_detail_without_a_reference_before_is_none_of_one() -> None:
    told = texts(run("answer", intent="article", text="what's it called?"))
    assert told == [CONTENT.entries["article"].answer]


def test_a_gap_on_a_reference_stands() -> None:
    text = "how many students does Rice University have"
    told = texts(run("answer", intent="gap_numbers", outcome="refuse", text=text))
    assert told == [CONTENT.gaps["gap_numbers"].answer]


@pytest.mark.parametrize(
    ("text", "roles", "topic", "role"),
    [
        ("and for the tools?", [], "tools", ML),
        ("and for AI?", [AI], "definition", AI),
        ("and the robots?", [], "deployment", AI),
    ],
)
def test_a_source_can_be_asked_for_again(
    text: str, roles: list[str], topic: str, role: str
) -> None:
    source = run("source", after=run("answer", intent="definition", roles=[ML]))
    (told,) = texts(run("answer", intent=topic, text=text, roles=roles, after=source))
    section = CONTENT.sections[CONTENT.reply(topic, role).source.section].title
    assert told.startswith(f'That is from the section "{section}"')


def test_the_next_question_but_one_is_a_question_again() -> None:
    source = run("source", after=run("answer", intent="definition", roles=[ML]))
    between = run("answer", intent="skills", roles=[ML], text="which skills?", after=source)
    told = texts(run("answer", intent="tools", text="and the tools?", after=between))
    assert told == [CONTENT.reply("tools", ML).answer]


def test_a_doubt_gets_the_answer_in_short_and_its_source() -> None:
    first = run("answer", intent="skills", roles=[ML])
    doubted, source = texts(run("source", text="are you sure?", after=first))
    assert CONTENT.reply("skills", ML).short in doubted
    assert CONTENT.sections[CONTENT.reply("skills", ML).source.section].title in source


def test_without_an_answer_before_the_source_is_that_of_all() -> None:
    (told,) = texts(run("source", text="sources?"))
    assert CONTENT.article.title in told
    assert all(reference.author in told for reference in REFERENCES)


def test_of_several_references_the_one_asked_about_is_meant_next() -> None:
    after = run("answer", intent="references", text="they cite Reddit?")
    (told,) = texts(run("answer", intent="gap_history", text="from when is it?", after=after))
    assert CONTENT.references["reddit"].published in told
    assert CONTENT.references["rice"].published not in told


@pytest.mark.parametrize(
    ("text", "roles", "reference"),
    [
        ("what year is the one from that is cited for the definition of AI", [AI], "uic"),
        ("and the link of what they quote for the self-driving car", [], "tds"),
    ],
)
def test_a_reference_can_be_meant_by_what_it_is_cited_for(
    text: str, roles: list[str], reference: str
) -> None:
    reply = run("answer", intent="gap_history", text=text, roles=roles)
    assert CONTENT.references[reference].address in texts(reply)[0]


def test_after_a_reference_that_of_another_role_can_be_asked_for_in_a_word() -> None:
    source = run("source", after=run("answer", intent="definition", roles=[ML]))
    (told,) = texts(
        run("answer", intent="gap_degrees", text="and for AI, which uni?", roles=[AI], after=source)
    )
    assert CONTENT.references["uic"].address in told


def test_the_source_of_what_a_message_names_is_told() -> None:
    after = run("answer", intent="skills", roles=[ML])
    text = "what backs up the part on the self-driving car"
    (told,) = texts(run("source", text=text, after=after))
    assert CONTENT.references["tds"].address in told


@pytest.mark.parametrize("text", ["and for AI?", "what do you cite for AI"])
def test_after_the_list_of_references_a_role_is_asked_for_by_its_definition(text: str) -> None:
    after = run("answer", intent="references", text="what of Reddit?")
    (told,) = texts(run("source", text=text, roles=[AI], after=after))
    assert CONTENT.references["uic"].address in told


@pytest.mark.parametrize(
    ("text", "cited"),
    [("which is the oldest?", "rice"), ("the newest one", "tds"), ("and the forum?", "reddit")],
)
def test_of_the_references_told_one_is_picked_by_age_or_kind(text: str, cited: str) -> None:
    after = run("answer", intent="references")
    intent = "out_of_scope" if "est" in text else "references"
    (told,) = texts(run("answer", intent=intent, text=text, after=after))
    assert CONTENT.references[cited].address in told
    assert sum(each.address in told for each in REFERENCES) == 1


def test_of_a_kind_all_are_told() -> None:
    (told,) = texts(run("answer", intent="references", text="which universities are cited?"))
    kinds = {each.id: each.address in told for each in REFERENCES}
    assert kinds == {each.id: "university" in each.kinds for each in REFERENCES}


def test_of_a_kind_the_one_that_is_cited_for_a_role_is_told() -> None:
    text = "which university is referenced for what AI is"
    (told,) = texts(run("answer", intent="gap_degrees", roles=[AI], text=text, outcome="refuse"))
    assert CONTENT.references["uic"].address in told
    assert CONTENT.references["rice"].address not in told


@pytest.mark.parametrize("text", ["which university should I go to", "what is the latest trend"])
def test_a_kind_or_an_age_alone_means_no_reference(text: str) -> None:
    after = run("source", after=run("answer", intent="definition", roles=[ML]))
    told = texts(
        run(
            "answer",
            intent="gap_degrees",
            text=text,
            after=run("answer", intent="tools", after=after),
        )
    )
    assert told == [CONTENT.gaps["gap_degrees"].answer]


def test_a_source_of_an_entry_is_no_question_on_the_entry() -> None:
    (told,) = texts(run("answer", intent="case_study", text="which paper backs the case study?"))
    assert CONTENT.sections["case_study"].title in told


def test_all_sources_are_not_only_that_of_the_last_answer() -> None:
    after = run("answer", intent="definition", roles=[ML])
    (told,) = texts(run("source", intent="source", text="all sources please", after=after))
    assert all(reference.author in told for reference in REFERENCES)


@pytest.mark.parametrize(
    ("text", "roles", "cited"),
    [
        ("which of them is used for the definition of AI?", [AI], "uic"),
        ("and which one talks about safety-critical design", [], "tds"),
    ],
)
def test_of_several_the_one_behind_a_subject_is_meant(
    text: str, roles: list[str], cited: str
) -> None:
    after = run("answer", intent="references")
    (told,) = texts(run("answer", intent="definition", text=text, roles=roles, after=after))
    assert CONTENT.references[cited].address in told


def test_the_link_of_a_reference_is_asked_for_politely() -> None:
    after = run("answer", intent="references")
    text = "and the one from Rice, could I have the link please?"
    told = texts(run("answer", intent="references", text=text, after=after))
    assert str(CONTENT.references["rice"].address) in told[0]


def test_what_a_reference_is_about_is_told_without_a_yes_or_no() -> None:
    after = run("answer", intent="references")
    text = "is the Illinois one about AI in general?"
    told = texts(run("answer", intent="references", text=text, after=after))
    assert str(CONTENT.references["uic"].title) in told[0]
