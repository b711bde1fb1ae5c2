"""Which roles a question names, and which of them it asks about."""

from __future__ import annotations

import pytest

from nlu.roles import Roles, RoleSpotter
from nlu.text import tokenize

ML, AI = "ml_engineer", "ai_engineer"


def spot(spotter: RoleSpotter, text: str) -> Roles:
    """The roles in a text without misspellings."""
    return spotter.spot(tokenize(text))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("What does an ML engineer do?", ML),
        ("what do machine learning engineers do", ML),
        ("whats an MLE", ML),
        ("MLEs and their tools", ML),
        ("m l jobs", ML),
        ("ML's future", ML),
        ("what does an AI engineer do", AI),
        ("Artificial Intelligence jobs", AI),
        ("ai-engineer skills", AI),
        ("(AI)", AI),
    ],
)
def test_one_role_is_found_by_each_of_its_names(spotter: RoleSpotter, text: str, role: str) -> None:
    assert spot(spotter, text).asked == (role,)


@pytest.mark.parametrize(
    "text", ["what skills do I need", "she said it again", "mlk html email", "", "?!"]
)
def test_no_role_is_found_where_none_is_named(spotter: RoleSpotter, text: str) -> None:
    assert spot(spotter, text) == Roles((), ())


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I am an ML engineer, what do AI engineers need to know?", AI),
        ("I already know ML, so what does AI engineering involve?", AI),
        ("As an AI engineer, can I learn ML?", ML),
        ("Unlike ML engineers, what tools do AI engineers use?", AI),
        ("forget ML, tell me about AI", AI),
        ("I'm not an AI engineer but an ML engineer. What tools do I need?", ML),
        ("ML instead of AI", ML),
        ("You jumped to AI. For ML, please.", ML),
        ("Tell me about ML. I know AI already.", ML),
    ],
)
def test_a_role_that_is_only_mentioned_is_not_asked_about(
    spotter: RoleSpotter, text: str, role: str
) -> None:
    roles = spot(spotter, text)
    assert roles.asked == (role,)
    assert {mention.value for mention in roles.mentions} == {ML, AI}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("How do I get from ML to AI?", AI),
        ("How do I get from AI to ML?", ML),
        ("moving to AI from ML", AI),
        ("getting into AI with a background in ML", AI),
        ("switch from machine learning into artificial intelligence", AI),
        ("from an AI engineer to becoming an ML engineer", ML),
    ],
)
def test_a_move_asks_about_the_role_at_its_end(spotter: RoleSpotter, text: str, role: str) -> None:
    assert spot(spotter, text).asked == (role,)


@pytest.mark.parametrize(
    "text",
    [
        "how do ML and AI differ",
        "ML vs AI",
        "how does AI engineering differ from ML engineering",
        "What tools do ML engineers and AI engineers use?",
        "compare AI engineers with ML engineers",
        "is there a difference between machine learning and artificial intelligence",
        "what do both need",
        "the two roles",
        "skills of each role",
    ],
)
def test_both_roles_are_asked_about(spotter: RoleSpotter, text: str) -> None:
    assert set(spot(spotter, text).asked) == {ML, AI}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("now their tools like you did for ML", AI),
        ("what else is in it besides AI", ML),
        ("a job other than an ML engineer", AI),
        ("apart from the AI engineers, who works there?", ML),
        ("name something that isn't ML", AI),
        ("like you said ML engineers train models, how?", ML),
        ("what else does an ML engineer do", ML),
        ("Isn't AI engineering broader?", AI),
        ("Why isn't ML enough?", ML),
        ("As you said about AI engineers, they work with linguists. Why?", AI),
    ],
)
def test_a_role_said_to_be_left_out_stands_for_the_other(
    spotter: RoleSpotter, text: str, role: str
) -> None:
    assert spot(spotter, text).asked == (role,)


def test_a_role_named_twice_is_asked_about_once(spotter: RoleSpotter) -> None:
    roles = spot(spotter, "is an ML engineer who does ML well paid")
    assert roles.asked == (ML,)
    assert len(roles.mentions) == 2


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("and the other role?", "other"),
        ("what about the other one", "other"),
        ("the former", "former"),
        ("the second lot", "latter"),
        ("what would the first group do", "former"),
        ("tell me about the latter", "latter"),
    ],
)
def test_a_reference_is_left_for_the_conversation_to_resolve(
    spotter: RoleSpotter, text: str, reference: str
) -> None:
    roles = spot(spotter, text)
    assert roles.asked == (reference,)
    assert [mention.is_reference for mention in roles.mentions] == [True]


def test_a_name_is_no_reference(spotter: RoleSpotter) -> None:
    assert not spot(spotter, "ML").mentions[0].is_reference


def test_mentions_say_where_they_stand(spotter: RoleSpotter) -> None:
    text = "So, machine learning engineers or the other one, and AI?"
    found = [text[each.start : each.end] for each in spot(spotter, text).mentions]
    assert found[0] == "machine learning"
    assert found[1].startswith("the other")
    assert found[2] == "AI"


def test_roles_of_any_name_and_number_are_spotted() -> None:
    spotter = RoleSpotter(
        {"cook": ["cook", "chef de cuisine"], "waiter": ["waiter"], "host": ["host"]}
    )
    assert spot(spotter, "chefs and what a chef de cuisine earns").asked == ("cook",)
    assert spot(spotter, "what do both do").asked == ("cook", "waiter", "host")


@pytest.mark.parametrize(
    "text", ["What background do the ML ones have, and the AI ones?", "tools of ML, and AI"]
)
def test_a_role_added_at_the_end_is_asked_about_too(spotter: RoleSpotter, text: str) -> None:
    assert spot(spotter, text).asked == (ML, AI)
