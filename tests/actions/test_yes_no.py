"""Questions that ask for yes or no."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.questions import asks_of_article, is_question, is_yes_no
from actions.wording import words_of
from content.schema import Confirmation
from tests.actions.harness import AI, CONTENT, ML, run, texts

YES_NO = [
    *("do ML engineers use Python?", "is demand growing", "are they the same?", "can one do both"),
    *("I wonder if they code", "do you know whether demand grows", "so is it wide?"),
    *("they code, right?", "ML is part of AI, isn't it", "and does that matter or not"),
    *("does the article say which degree", "isn't demand falling", "tell me if they code"),
    *("they can complement each other?", "so the two do go together"),
    *("I suppose they code", "ML is wide, I take it", "so vision counts too", "I heard it grows"),
    *(
        "are they the ones who code",
        "are people who do both valued",
        "so the robots are theirs",
        "demand falls, if I get it right",
    ),
    *("yes or no: is it wide", "ok yes or no, do they code"),
    *("my boss says demand falls", "people think that they code", "the article says ML is wide"),
]
OTHER = [
    *("what do ML engineers do?", "which tools do they use", "how does demand grow?"),
    *("can you tell me what they earn", "could you explain which tools they use", "tools"),
    *("tell me about demand", "if I like data, which one", "what is right", ""),
    *("tell me what they can do", "I can do both", "the skills"),
    *("the software they should master", "it would be robots"),
    *("I think I like data", "so tell me what they do", "so I need tools", "who are the ones"),
]


@pytest.mark.parametrize("text", YES_NO)
def test_a_form_that_asks_for_yes_or_no_is_recognised(text: str) -> None:
    assert is_yes_no(words_of(text))
    assert is_question(text, words_of(text))


@pytest.mark.parametrize("text", OTHER)
def test_another_form_is_not(text: str) -> None:
    assert not is_yes_no(words_of(text))


@pytest.mark.parametrize(
    "text",
    ["does the article mention pay", "is there anything on degrees", "does it say what they earn"],
)
def test_a_question_about_what_the_article_says_is_recognised(text: str) -> None:
    assert asks_of_article(words_of(text))


@pytest.mark.parametrize("text", ["what does the article say", "do ML engineers earn much", "pay"])
def test_a_question_about_the_matter_itself_is_not_one_of_those(text: str) -> None:
    assert not asks_of_article(words_of(text))


def confirmations() -> Iterator[tuple[str, str | None, Confirmation]]:
    """Every confirmation in the content with its topic and role."""
    for topic, entry in CONTENT.entries.items():
        yield from ((topic, None, each) for each in entry.confirmations)
    for topic, aspect in CONTENT.aspects.items():
        yield from ((topic, None, each) for each in aspect.comparison.confirmations)
        for role, cell in aspect.cells.items():
            yield from ((topic, role, each) for each in cell.confirmations)


def ask(topic: str, text: str, role: str | None = None) -> str:
    """The text that answers a question on a topic."""
    (text,) = texts(run("answer", intent=topic, text=text, roles=[role] if role else ["both"]))
    return text


@pytest.mark.parametrize(("topic", "role", "confirmation"), confirmations())
def test_each_claim_is_confirmed_when_asked_and_not_when_named(
    topic: str, role: str | None, confirmation: Confirmation
) -> None:
    reply = CONTENT.reply(topic, role)
    known = {each.answer for each in reply.confirmations}
    known |= {each.answer for each in reply.corrections}
    for claim in confirmation.claims:
        assert ask(topic, f"is it {claim}?", role) in known, claim
    assert ask(topic, f"how is that with {confirmation.claims[0]}?", role) != confirmation.answer


@pytest.mark.parametrize(
    "text",
    [
        *("do ML engineers use python in germany", "do they only use python", "must all know java"),
        *("do they use python rather than java", "do they use python and cobol"),
        *("do they not use python", "do they never use python", "python or java?"),
    ],
)
def test_a_question_that_asks_for_more_gets_no_plain_yes(text: str) -> None:
    assert not ask("tools", text, ML).startswith(("Yes", "No"))


def test_a_gap_is_denied_only_where_the_question_is_what_the_article_says() -> None:
    gap = CONTENT.gaps["gap_pay"].answer
    assert ask("gap_pay", "does the article say what they earn") == f"No, t{gap[1:]}"
    assert ask("gap_pay", "do they earn much") == gap


def test_what_is_outside_the_subject_is_not_denied() -> None:
    outside = CONTENT.gaps["out_of_scope"].answer
    assert ask("out_of_scope", "does the article say who won the game") == outside


def test_an_empty_cell_is_denied_as_well() -> None:
    answer = CONTENT.reply("tools", AI).answer
    assert ask("tools", "does it say which languages they use", AI) == f"No, t{answer[1:]}"


def test_a_yes_of_the_topic_is_left_out_where_the_topic_is_doubtful() -> None:
    doubt = [("both_roles", 0.3), ("collaboration", 0.2)]
    (text,) = texts(run("answer", intent="both_roles", text="do both get on", ranking=doubt))
    plain = CONTENT.entries["both_roles"].answer
    assert plain.startswith("Yes, one")
    assert text == "O" + plain.removeprefix("Yes, o")


def test_a_likely_topic_that_knows_the_claim_is_asked_instead() -> None:
    ranking = [("tools", 0.7), ("case_roles", 0.2)]
    text = "did ML engineers build the framework"
    (told,) = texts(run("answer", intent="tools", text=text, roles=[ML], ranking=ranking))
    assert told.startswith("No, the framework")


@pytest.mark.parametrize(("role", "other"), [(ML, "AI engineers"), (AI, "ML engineers")])
def test_neither_role_did_the_case_alone(role: str, other: str) -> None:
    text = "it was all their work alone, correct?"
    (told,) = texts(run("answer", intent="case_roles", text=text, roles=[role]))
    assert told.startswith("No, both roles took part")
    assert other in told


@pytest.mark.parametrize("topic", ["work", "deployment"])
def test_training_is_not_the_end_of_the_work(topic: str) -> None:
    (told,) = texts(run("answer", intent=topic, text="they only train models?", roles=[ML]))
    assert told.startswith("No, training is not the end of it")


@pytest.mark.parametrize("text", ["does ML come into it too", "is ML part of this as well"])
def test_a_claim_that_points_back_is_on_the_last_answer(text: str) -> None:
    example = run("answer", text="an example", intent="example", roles=[AI])
    reply = run("answer", text=text, intent="same_role", roles=[ML], after=example)
    (said,) = texts(reply)
    assert said in [each.answer for each in CONTENT.reply("example", AI).confirmations]


def test_a_claim_that_points_nowhere_is_on_what_it_was_taken_for() -> None:
    example = run("answer", text="an example", intent="example", roles=[AI])
    reply = run("answer", text="is ML part of AI", intent="same_role", after=example)
    assert texts(reply)[0].startswith("Yes, ML engineering is")


@pytest.mark.parametrize(
    ("text", "intent", "start"),
    [
        ("Hi, I'm a recruiter here. Do ML engineers use Python?", "tools", "Yes, ML"),
        (
            "Never mind the weather! Does the list have Cobol in it?",
            "tools",
            "The article does not name that one",
        ),
        ("Sounds dangerous to me. Is safety mentioned?", "out_of_scope", "Yes. Safety"),
    ],
)
def test_the_last_question_of_a_message_gets_its_yes_or_no(
    text: str, intent: str, start: str
) -> None:
    reply = run("answer", text=text, intent=intent, roles=[ML] if intent == "tools" else [])
    assert texts(reply)[0].startswith(start)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("so yes or no: is ML a subset of AI?", "Yes, ML engineering is one part"),
        ("but it says one is a subset of the other?", "Yes, ML engineering is one part"),
        ("is ML a subset of AI in Germany?", "They are not the same"),
        ("so you mean they really are two jobs?", "They are not the same"),
        ("are they the same job?", "No, they are not the same"),
    ],
)
def test_no_no_stands_before_what_confirms(text: str, opens: str) -> None:
    ranking = [("same_role", 0.9)]
    (told,) = texts(run("answer", intent="same_role", text=text, ranking=ranking))
    assert told.startswith(opens)


def test_nobody_can_is_put_right() -> None:
    text = "and it says no single person can do both, correct?"
    (told,) = texts(run("answer", intent="both_roles", text=text))
    assert told.startswith("No, it is not impossible")


def test_a_no_in_front_is_no_claim() -> None:
    told = texts(run("answer", intent="demand", text="No, demand. Is it growing for both?"))
    assert told[0].startswith("Yes, demand keeps growing")


@pytest.mark.parametrize("text", ["can you list them?", "could you please name the tools"])
def test_a_polite_request_is_no_question_to_say_yes_to(text: str) -> None:
    assert not is_yes_no(words_of(text))


def test_what_is_stated_and_not_listed_gets_the_limits() -> None:
    text = "the first lot can also be physics?"
    told = texts(run("answer", intent="background", text=text, roles=[ML]))
    assert told == [CONTENT.reply("background", ML).limits]


def test_an_entry_that_answers_the_question_is_not_denied_by_another() -> None:
    ranking = [("both_roles", 0.7), ("collaboration", 0.2)]
    text = "could one person cover both roles alone?"
    told = texts(run("answer", intent="both_roles", text=text, ranking=ranking))
    assert told == [CONTENT.reply("both_roles", None).answer]


def test_a_gap_on_what_a_term_tells_is_no_gap() -> None:
    after = run("answer", intent="example", roles=[AI])
    text = "Sounds dangerous. Does the article say anything about safety?"
    told = texts(run("answer", intent="gap_law", text=text, after=after))
    assert told == [f"Yes. {CONTENT.terms['safety'].statement}"]


def test_a_gap_is_told_with_what_is_known_of_a_term_in_it() -> None:
    text = "is a degree in statistics good enough?"
    told = texts(run("answer", intent="gap_degrees", text=text))
    expected = [CONTENT.gaps["gap_degrees"].answer, CONTENT.terms["ml_fields"].statement]
    assert told == expected


def test_a_figure_is_asked_about() -> None:
    told = texts(run("answer", intent="summary", text="the 35 % figure, what is that about?"))
    assert told == [CONTENT.reply("case_result", None).answer]


def test_a_figure_in_a_claim_is_put_right_where_it_was_claimed() -> None:
    told = texts(run("answer", intent="demand", text="did demand grow by 35 %?"))
    assert "35" not in told[0]


@pytest.mark.parametrize(
    "text",
    ["which part of the car is ML?", "why isn't the whole car just ML?", "is ML part of the car?"],
)
def test_a_thing_is_of_its_own_role_though_the_other_is_named(text: str) -> None:
    told = texts(run("answer", intent="example", text=text, roles=[ML]))
    assert "vehicle" in told[0]
    assert "object detection" in told[0]


def test_the_people_of_a_role_are_asked_about_themselves() -> None:
    told = texts(
        run("answer", intent="example", text="what do ML engineers do besides cars?", roles=[ML])
    )
    assert told == [CONTENT.reply("example", ML).answer]


def test_what_is_stated_and_waits_for_consent_is_confirmed() -> None:
    text = "so ML is inside of AI engineering?"
    told = texts(run("answer", intent="same_role", text="ML is inside AI engineering?"))
    assert told[0].startswith("Yes, ML engineering is one part")
    assert texts(run("answer", intent="same_role", text=text))[0].startswith("Yes")


def test_what_is_it_ends_in_no_tag() -> None:
    assert not is_yes_no(words_of("and this TensorFlow, what is it"))
    assert is_yes_no(words_of("TensorFlow is for them, is it"))


@pytest.mark.parametrize(
    "text", ["I like languages more than numbers", "forget numbers, I like languages"]
)
def test_what_is_set_aside_counts_against_an_interest(text: str) -> None:
    told = texts(run("answer", intent="role_fit", text=f"{text}, which role?"))
    assert told[0].startswith("AI engineering may suit you better")


def test_a_word_before_the_last_question_belongs_to_the_list() -> None:
    text = "I know a bit of Python. Is that enough to start with?"
    told = texts(run("answer", intent="tools", roles=[ML], text=text))
    assert told == [CONTENT.reply("tools", ML).answer]
