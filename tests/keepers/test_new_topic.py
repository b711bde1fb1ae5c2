"""A topic is begun with one command, and cannot be forgotten half filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.keepers.copy import Copy


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
    checked = copy.run("tools.validate")
    assert checked.returncode == 1
    faults = checked.stderr
    line = 1 + copy.text(home).splitlines().index(f"  - id: {topic}")
    assert f"{Path(home).name}:{line + 1}: {topic}.title: is empty" in faults
    assert [each for each in statements if f"{each}.text: is empty" not in faults] == []
    assert [each for each in statements if f"{each}.source.section: is empty" not in faults] == []
    assert f"{utterances}:5: {topic}: has 0 wordings, needs at least 10" in faults
    assert f"{test}:2: {topic}: 'user' is empty" in faults
    assert "Traceback" not in faults


def test_two_topics_can_be_begun_before_either_is_filled_in(copy: Copy) -> None:
    assert copy.run("keepers.new_topic", "harbours").returncode == 0
    assert copy.run("keepers.new_topic", "lighthouses").returncode == 0
    faults = copy.run("tools.validate").stderr
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
