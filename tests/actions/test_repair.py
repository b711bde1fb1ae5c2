"""What was turned down is not told again, and a further question gets what is further known."""

from __future__ import annotations

import pytest

from actions.reactions import asks_for_all, asks_what_else, corrects
from actions.wording import words_of
from tests.actions.harness import AI, CONTENT, ML, Reply, run, texts

PATHWAY = CONTENT.reply("pathway", ML)


@pytest.fixture
def pathway() -> Reply:
    """The way to become an ML engineer was told."""
    return run("answer", intent="pathway", roles=[ML])


@pytest.mark.parametrize(
    "text",
    [
        "No no, I don't want to be one.",
        "I meant something else",
        "you already told me that",
        "that's not what I asked",
        "I'm not asking about jobs",
    ],
)
def test_a_correction_is_known(text: str) -> None:
    assert corrects(words_of(text))


@pytest.mark.parametrize("text", ["no", "no thanks", "what do you mean", "do they ask for more?"])
def test_other_messages_correct_nothing(text: str) -> None:
    assert not corrects(words_of(text))


def test_the_next_likely_topic_takes_the_place_of_what_was_turned_down(pathway: Reply) -> None:
    ranking = [("pathway", 0.9), ("training", 0.06)]
    text = "No no, I meant where they learn it"
    told = texts(run("answer", intent="pathway", text=text, ranking=ranking, after=pathway))
    assert told == [CONTENT.reply("training", None).answer]


def test_a_thing_that_the_correction_names_is_what_it_means(pathway: Reply) -> None:
    ranking = [("pathway", 0.9), ("training", 0.06)]
    text = "No no, I meant how she makes the recommendation engine"
    told = texts(run("answer", intent="pathway", text=text, ranking=ranking, after=pathway))
    assert told == [CONTENT.reply("example", ML).answer]


def test_a_correction_to_the_other_role_keeps_the_topic(pathway: Reply) -> None:
    ranking = [("pathway", 0.9), ("training", 0.06)]
    text = "no, I meant AI engineers"
    told = texts(
        run("answer", intent="pathway", text=text, roles=[AI], ranking=ranking, after=pathway)
    )
    assert told == [CONTENT.reply("pathway", AI).answer]


def test_nothing_else_likely_is_told_again(pathway: Reply) -> None:
    ranking = [("pathway", 0.99), ("training", 0.01)]
    text = "I asked how they get there"
    told = texts(run("answer", intent="pathway", text=text, ranking=ranking, after=pathway))
    assert told == [PATHWAY.answer]


@pytest.mark.parametrize("text", ["is there anything else?", "and do the frameworks help?"])
def test_a_further_question_gets_what_is_further_known(text: str, pathway: Reply) -> None:
    told = texts(run("answer", intent="pathway", text=text, after=pathway))
    assert told == [PATHWAY.more]


@pytest.mark.parametrize("text", ["and which backgrounds?", "how do they get there?"])
def test_a_question_on_what_was_told_is_told_it_again(text: str, pathway: Reply) -> None:
    told = texts(run("answer", intent="pathway", text=text, after=pathway))
    assert told == [PATHWAY.answer]


def test_what_else_is_asked_for_in_some_words() -> None:
    assert asks_what_else(words_of("what else must they know"))
    assert asks_what_else(words_of("apart from that"))
    assert not asks_what_else(words_of("or else what happens"))


def test_the_whole_of_an_answer_is_told_where_only_a_part_was() -> None:
    work = run("answer", intent="work", roles=[ML])
    step = run("more", intent="more", text="what comes first?", after=work)
    told = texts(run("answer", intent="references", text="the whole list, in one go", after=step))
    assert told == [CONTENT.reply("work", ML).answer]


def test_after_all_of_it_the_whole_is_what_it_leaves_out(pathway: Reply) -> None:
    told = texts(
        run("answer", intent="references", text="can you list all of them?", after=pathway)
    )
    assert told == [PATHWAY.more]


def test_the_whole_of_nothing_is_not_told() -> None:
    assert asks_for_all(words_of("all of them please"))
    told = texts(run("answer", intent="references", text="all of them please"))
    assert told == [CONTENT.reply("references", None).answer]


def test_a_correction_says_what_is_meant_by_a_term() -> None:
    after = run("answer", intent="demand")
    text = "You mix me up, dear. Are talking robots AI engineering?"
    told = texts(run("correct", intent="correct", text=text, roles=[AI], after=after))
    assert told[0].endswith(str(CONTENT.terms["robots"].statement))
