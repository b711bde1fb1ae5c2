"""Questions about something that the article names."""

from __future__ import annotations

import pytest

from content.schema import Term
from tests.actions.harness import AI, CONTENT, ML, OTHER, Reply, run, slots, texts

TERMS = list(CONTENT.terms.values())
OWNED = [term for term in TERMS if term.role]
OUTSIDE = {"intent": "out_of_scope", "outcome": "refuse"}


def other(role: str) -> str:
    """The role that is not this one."""
    return AI if role == ML else ML


def skills_of(role: str) -> Reply:
    """After the skills of a role were told."""
    return run("answer", intent="skills", roles=[role])


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
def test_who_does_it_is_told_by_any_of_its_names(term: Term) -> None:
    for name in term.names:
        told = texts(run("answer", text=f"{name}, which of the two handles that?", **OUTSIDE))
        assert term.statement in told, name


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
def test_its_bare_name_is_enough(term: Term) -> None:
    reply = run("answer", text=f"and {term.names[0]}?", after=skills_of(ML), **OUTSIDE)
    assert term.statement in texts(reply)
    assert slots(reply)["topic"] == term.topic


@pytest.mark.parametrize("term", OWNED, ids=lambda term: term.id)
def test_it_is_confirmed_of_its_role_and_not_of_the_other(term: Term) -> None:
    asked = f"do they need {term.names[0]}?"
    yes = run("answer", text=asked, roles=[str(term.role)], **OUTSIDE)
    no = run("answer", text=asked, roles=[other(str(term.role))], **OUTSIDE)
    assert texts(yes) == [CONTENT.prompts["term_yes"].format(statement=term.statement)]
    assert texts(no) == [CONTENT.prompts["term_no"].format(statement=term.statement)]


def test_belonging_is_asked_of_the_role_spoken_of() -> None:
    text = "so is speech part of it?"
    told = texts(run("answer", text=text, intent="role_fit", after=skills_of(AI)))
    statement = CONTENT.terms["speech"].statement
    assert told == [CONTENT.prompts["term_yes"].format(statement=statement)]


@pytest.mark.parametrize(
    "text",
    [
        "what is sensor fusion?",
        "how does sensor fusion work?",
        "explain sensor fusion to me",
        "which is better, sensor fusion or object detection?",
        "sensor fusion in Germany?",
    ],
)
def test_what_it_is_or_how_it_works_is_no_question_whose_it_is(text: str) -> None:
    told = texts(run("answer", text=text, intent="gap_concepts", outcome="refuse"))
    assert told == [CONTENT.gaps["gap_concepts"].answer]


def test_other_gaps_stand() -> None:
    text = "who earns more with robots, which of the two?"
    told = texts(run("answer", text=text, intent="gap_pay", outcome="refuse"))
    assert told == [CONTENT.gaps["gap_pay"].answer]


def test_a_question_which_role_gets_the_one_and_not_both() -> None:
    told = texts(run("answer", text="which of them works on fraud detection?", intent="deployment"))
    assert told == [CONTENT.terms["fraud_detection"].statement]


def test_an_answer_that_tells_of_it_is_given_as_it_is() -> None:
    asked = {"text": "who built the predictive models there?", "intent": "case_roles"}
    assert texts(run("answer", **asked)) == [CONTENT.aspects["case_roles"].comparison.answer]


@pytest.mark.parametrize("text", ["suppose it were a robot", "if it had sensors", "robots instead"])
def test_a_changed_condition_is_taken_up(text: str) -> None:
    reply = run("answer", text=text, after=skills_of(ML), **OUTSIDE)
    assert slots(reply)["role"] == AI


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("and the car one?", AI),
        ("what about the data people", ML),
        ("and for the bigger one", AI),
        ("the one with the robots?", AI),
        ("the smaller role", ML),
    ],
)
def test_a_role_may_be_described(text: str, role: str) -> None:
    reply = run("follow_up", text=text, intent="followup", after=skills_of(other(role)))
    assert texts(reply) == [CONTENT.aspects["skills"].cells[role].answer]


@pytest.mark.parametrize("text", ["the salary one", "a big data project", "one more thing"])
def test_other_descriptions_name_no_role(text: str) -> None:
    reply = run("answer", text=text, intent="work", after=skills_of(ML))
    assert slots(reply)["role"] == ML


LIMITED = [
    ("sectors", None, "does farming count as well?"),
    ("tools", ML, "do they use Fortran?"),
    ("background", ML, "is zoology a way in too?"),
    ("background", AI, "does zoology count?"),
    ("references", None, "is there a Stanford paper too?"),
]


@pytest.mark.parametrize(("topic", "role", "text"), LIMITED)
def test_a_list_says_that_it_has_no_more(topic: str, role: str | None, text: str) -> None:
    told = texts(run("answer", intent=topic, text=text, roles=[role] if role else []))
    assert told == [CONTENT.reply(topic, role).limits]


def test_one_more_thing_is_asked_of_the_list_told_last() -> None:
    after = run("answer", intent="sectors")
    told = texts(run("answer", intent="sectors", text="and farming?", after=after))
    assert told == [CONTENT.entries["sectors"].limits]
    told = texts(run("answer", intent="sectors", text="and farming?"))
    assert told == [CONTENT.entries["sectors"].answer]


@pytest.mark.parametrize("term", OWNED, ids=lambda term: term.id)
def test_a_question_on_an_aspect_is_of_the_role_whose_project_it_names(term: Term) -> None:
    topic = "background" if term.topic != "background" else "work"
    text = f"what must somebody know to deal with {term.names[0]}"
    reply = run("answer", intent=topic, text=text, after=skills_of(other(str(term.role))))
    assert slots(reply)["role"] == term.role


def test_a_question_who_does_what_is_of_all_roles() -> None:
    reply = run("answer", intent="case_roles", text="who built the predictive models there?")
    assert texts(reply) == [CONTENT.reply("case_roles", None).answer]


@pytest.mark.parametrize(
    "text", ["then let it be a chatbot", "sensor fusion, for which example is that?"]
)
def test_a_changed_wish_and_an_example_asked_for_are_answered_by_the_term(text: str) -> None:
    reply = run("answer", text=text, after=skills_of(ML), **OUTSIDE)
    assert slots(reply)["role"] == AI


@pytest.mark.parametrize(
    "text", ["I thought robotics was ML", "you mixed that up, robotics is part of ML"]
)
def test_what_somebody_believed_is_put_right(text: str) -> None:
    told = texts(run("answer", text=text, intent="background", roles=[ML], after=skills_of(AI)))
    (term,) = [each for each in OWNED if "robotics" in each.names]
    assert told == [CONTENT.prompts["term_no"].format(statement=term.statement)]


@pytest.mark.parametrize("text", ["wait which engineer was that again", "who does that?"])
def test_whose_the_last_answer_was_is_told_by_its_short_form(text: str) -> None:
    told = texts(run("answer", text=text, intent="example", after=skills_of(AI)))
    assert told == [CONTENT.reply("skills", AI).short]


def test_a_term_is_mentioned_whoever_is_spoken_of() -> None:
    told = texts(run("answer", text="is safety mentioned?", **OUTSIDE))
    statement = CONTENT.terms["safety"].statement
    assert told == [CONTENT.prompts["term_yes"].format(statement=statement)]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("are Python certificates mentioned?", "gap_certificates"),
        ("is Python never mentioned?", "tools"),
        ("which kind of company needs that?", "sectors"),
    ],
)
def test_what_asks_for_more_than_the_term_gets_no_plain_yes(text: str, intent: str) -> None:
    (told,) = texts(run("answer", text=text, intent=intent))
    assert not told.startswith("Yes. ")


def test_a_greeting_is_a_greeting_whatever_it_names() -> None:
    assert texts(run("greet", text="hello chatbot", intent="greet")) == [CONTENT.prompts["greet"]]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("my cousin went on about robots, which of the two is behind that", True),
        ("he went on about robots, which of the two is behind that", True),
        ("I like robots, which of the two suits me", False),
    ],
)
def test_a_question_taken_for_one_of_fit_is_on_a_term_where_nobody_is_to_fit(
    text: str, is_told: bool
) -> None:
    told = texts(run("answer", text=text, intent="role_fit"))
    assert any("Robots belong" in each for each in told) == is_told


@pytest.mark.parametrize("text", ["who should I hire for {}", "{}, whom do we need for that?"])
def test_whom_to_hire_for_it_is_told(text: str) -> None:
    for term in OWNED:
        reply = run("answer", text=text.format(term.names[0]), intent="gap_teams")
        assert texts(reply) == [term.statement]


def test_whom_to_work_with_is_another_question() -> None:
    text = f"who do I need to work with in {OWNED[0].names[0]}"
    reply = run("answer", text=text, intent="collaboration", roles=[AI])
    assert texts(reply) == [CONTENT.reply("collaboration", AI).answer]


def test_what_belongs_to_the_other_role_is_not_part_of_the_one_spoken_of() -> None:
    text = "so is speech included?"
    told = texts(run("answer", text=text, intent="gap_concepts", after=skills_of(ML)))
    statement = CONTENT.terms["speech"].statement
    assert told == [CONTENT.prompts["term_no"].format(statement=statement)]


@pytest.mark.parametrize("text", ["so robots belong to AI", "robots are part of AI then"])
def test_a_conclusion_is_confirmed(text: str) -> None:
    told = texts(run("answer", text=text, roles=[AI], **OUTSIDE))
    statement = CONTENT.terms["robots"].statement
    assert told == [CONTENT.prompts["term_yes"].format(statement=statement)]


@pytest.mark.parametrize("text", ["where do data pipelines turn up", "where do pipelines come in?"])
def test_where_it_occurs_is_told_though_it_sounds_like_a_lesson(text: str) -> None:
    told = texts(run("answer", text=text, intent="gap_concepts", outcome="refuse"))
    assert told == [CONTENT.terms["data_pipelines"].statement]


def test_a_condition_that_is_added_is_taken_up_whatever_it_sounds_like() -> None:
    text = "and if the client wants speech as well?"
    told = texts(run("answer", text=text, intent="gap_client", after=skills_of(ML)))
    assert told == [CONTENT.terms["speech"].statement]


def test_a_question_on_an_added_condition_is_another_one() -> None:
    text = "and if the client wants speech, who pays for what?"
    told = texts(run("answer", text=text, intent="gap_client", after=skills_of(ML)))
    assert told == [CONTENT.gaps["gap_client"].answer]


def test_belonging_is_asked_of_the_other_role() -> None:
    text = "and speech, is that the other ones?"
    told = texts(run("answer", text=text, roles=[OTHER], after=skills_of(ML), **OUTSIDE))
    statement = CONTENT.terms["speech"].statement
    assert told == [CONTENT.prompts["term_yes"].format(statement=statement)]


@pytest.mark.parametrize("text", ["do I need PyTorch?", "is robotics in it?"])
def test_whether_something_is_needed_is_told_though_no_role_was_named(text: str) -> None:
    told = texts(run("answer", intent="tools", text=text))
    assert told[0] in {
        CONTENT.terms["frameworks"].statement,
        CONTENT.terms["robotics"].statement,
    }


def test_what_only_has_the_name_of_a_term_does_not_ask_for_it() -> None:
    told = texts(run("answer", intent="demand", text="do they get a company car?"))
    assert "vehicle" not in told[0]
    assert not told[0].startswith("Yes")
