"""A topic is begun with one command, and cannot be forgotten half filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.keepers.copy import Copy

WORDINGS = (
    *("when do the ferries sail", "ferry times please", "which boats leave the harbour today"),
    *("how often does the ferry go", "is there a night boat", "what sails after noon"),
    *("tell me the sailing times", "does a boat go on sundays", "harbour timetable"),
    *("first boat of the morning", "last sailing of the day"),
)
FILLED = {
    "content/harbours.yml": """\
draft: true  # nobody is told of it until this line is taken out

statements:
  - id: harbours_1
    text: "Ferries leave the harbour every hour from six in the morning until midnight."
    simple: "A boat goes every hour."
    source: {section: faq}

topics:
  - id: harbours
    title: "Ferry times"
    question: "When do the ferries sail?"
    statements: [harbours_1]
    related: [demand]
""",
    "data/nlu/topics/harbours.yml": 'version: "3.1"\n\nnlu:\n- intent: harbours\n  examples: |\n'
    + "".join(f"    - {each}\n" for each in WORDINGS),
    "tests/server/conversations/harbours.yml": """\
- about: harbours
  turns:
    - user: at what hours can I take a ferry
      tells: [[harbours_1]]
""",
}


BADLY_PUT = """\
statements:
  - id: early_1
    text: "Ferries call at small harbours, e.g. one on the island, every morning."
    source: {section: faq}
    open: true
  - id: late_1
    text: "Ferries leave the harbour every hour. They leave on Sundays as well."
    source: {section: faq}
    open: true
gaps:
  - id: gap_late
    title: "Night boats"
    answer: "Nothing is said of boats that leave at night."
    related: [demand]
"""


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "statements", "utterances"),
    [
        (("harbours",), ["harbours_1"], "data/nlu/topics/harbours.yml"),
        (("gap_tides",), [], "data/nlu/gaps/gap_tides.yml"),
        (
            ("culture", "--kind", "grid"),
            ["culture_ml_engineer", "culture_ai_engineer"],
            "data/nlu/topics/culture.yml",
        ),
    ],
)
def test_a_half_filled_topic_does_not_validate_and_every_empty_field_is_named(
    copy: Copy, arguments: tuple[str, ...], statements: list[str], utterances: str
) -> None:
    begun = copy.run("keepers.new_topic", *arguments)
    assert begun.returncode == 0, begun.stderr
    topic, test = arguments[0], f"tests/server/conversations/{arguments[0]}.yml"
    home = f"content/{topic}.yml"
    for name in (home, utterances, test):
        assert name in begun.stdout
        assert yaml.safe_load(copy.text(name))
    checked = copy.run("keepers.validate")
    assert checked.returncode == 1
    faults = checked.stderr
    line = 1 + copy.text(home).splitlines().index(f"  - id: {topic}")
    assert f"{Path(home).name}:{line + 1}: {topic}.title: is empty" in faults
    assert [each for each in statements if f"{each}.text: is empty" not in faults] == []
    assert [each for each in statements if f"{each}.source.section: is empty" not in faults] == []
    assert f"{utterances}:5: {topic}: has 0 wordings, needs at least 10" in faults
    assert f"{test}:2: {topic}: 'user' is empty" in faults
    assert "Traceback" not in faults


def test_a_topic_being_written_is_left_out_and_a_finished_one_asks_to_be_let_in(
    copy: Copy,
) -> None:
    assert copy.run("keepers.new_topic", "harbours").returncode == 0
    shown = copy.run("keepers.preview", "--topic", "demand")
    assert shown.returncode == 0, shown.stderr  # nothing else is blocked by it
    for name, text in FILLED.items():
        copy.path(name).write_text(text, encoding="utf-8")
    checked = copy.run("keepers.validate")
    assert checked.stderr == "harbours.yml:1: draft: all is filled in: take this line out\n"
    home = copy.path("content/harbours.yml")
    home.write_text(home.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    checked = copy.run("keepers.validate")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_what_the_tests_would_not_take_is_told_by_validate(copy: Copy) -> None:
    copy.path("content/late.yml").write_text(BADLY_PUT, encoding="utf-8")
    faults = copy.run("keepers.validate").stderr
    assert "late.yml:6: late_1.text: must be one sentence" in faults
    assert "late.yml:11: gap_late.answer: must begin with 'The article '" in faults
    assert "early_1" not in faults


def test_a_domain_that_rasa_interactive_wrote_is_named(copy: Copy) -> None:
    domain = copy.text("domain.yml").replace("intents:\n", "intents:\n  - demand\n  - skills\n", 1)
    copy.path("domain.yml").write_text(domain, encoding="utf-8")
    checked = copy.run("keepers.validate")
    line = 1 + domain.splitlines().index("  - demand")
    assert checked.returncode == 1
    assert checked.stderr.startswith(f"domain.yml:{line}: intents: demand and 1 more are topics")
    assert len(checked.stderr.splitlines()) == 1


def test_two_topics_can_be_begun_before_either_is_filled_in(copy: Copy) -> None:
    assert copy.run("keepers.new_topic", "harbours").returncode == 0
    assert copy.run("keepers.new_topic", "lighthouses").returncode == 0
    faults = copy.run("keepers.validate").stderr
    assert "harbours.title: is empty" in faults
    assert "lighthouses.title: is empty" in faults


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("Harbours",), "is no id"),
        (("",), "is no id"),
        (("../harbours",), "is no id"),
        (("demand",), "is a topic or an intent already"),
        (("thanks",), "is a topic or an intent already"),
        (("tides", "--kind", "gap"), "a gap's id starts with 'gap_'"),
    ],
)
def test_what_cannot_be_a_topic_is_told_in_one_line_and_nothing_is_written(
    copy: Copy, arguments: tuple[str, ...], reason: str
) -> None:
    before = {path for path in copy.folder.rglob("*.yml")}  # noqa: C416
    gaps = copy.text("content/gaps.yml")
    done = copy.run("keepers.new_topic", *arguments)
    assert done.returncode == 1
    assert reason in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert set(copy.folder.rglob("*.yml")) == before
    assert copy.text("content/gaps.yml") == gaps
