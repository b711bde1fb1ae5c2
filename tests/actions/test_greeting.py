"""Greetings differ by what was said before."""

from __future__ import annotations

from tests.actions.harness import CONTENT, ML, Reply, run, slots, texts


def session(began: float, after: Reply | None = None) -> Reply:
    """A greeting in a session that began at that time."""
    before = after or run("resume")
    events = [*before.tracker["events"], {"event": "session_started", "timestamp": began}]
    tracker = {**before.tracker, "events": events}
    return run("greet", intent="greet", after=before._replace(tracker=tracker))


def test_the_first_hello_introduces() -> None:
    reply = run("greet", intent="greet")
    assert texts(reply) == [CONTENT.prompts["greet"]]
    assert "kind" not in reply.messages[0]


def test_the_second_hello_is_another() -> None:
    reply = run("greet", intent="greet", after=run("greet", intent="greet"))
    assert texts(reply) == [CONTENT.prompts["greet_again"]]


def test_hello_after_an_answer_does_not_introduce() -> None:
    reply = run("greet", intent="greet", after=run("answer", intent="skills", roles=[ML]))
    assert texts(reply) == [CONTENT.prompts["greet_again"]]
    assert slots(reply)["topic"] == "skills"


def test_somebody_who_is_back_is_welcomed_once() -> None:
    first = session(100.0)
    back = session(5000.0, after=first)
    assert texts(first) == [CONTENT.prompts["greet"]]
    assert texts(back) == [CONTENT.prompts["welcome_back"]]
    assert texts(run("greet", intent="greet", after=back)) == [CONTENT.prompts["greet_again"]]


def test_a_form_left_open_is_over_in_the_next_session() -> None:
    first = session(100.0)
    asked = run("fit_form", intent="fit_form", after=first)
    assert slots(session(5000.0, after=asked))["form"] is None


def test_starting_over_greets_nobody_anew() -> None:
    over = run("start_over", after=run("greet", intent="greet"))
    assert texts(run("greet", intent="greet", after=over)) == [CONTENT.prompts["greet_again"]]
