"""A new topic needs its content and its utterances, and nothing else: no phrase, no rule."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.processes import free_port
from tests.conftest import ROOT, Conversation
from tools.launch import HOST, wait_until_up

TOPIC = """
statements:
  - id: penguins_food
    text: "Penguins are fed on herring twice a day."
    brief: "herring twice a day"
    simple: "Penguins eat fish two times a day."
    source: {section: case_study, reference: rice}
  - id: penguins_weight
    text: "A keeper weighs each of the penguins on Fridays and writes the weight down in a book."
    brief: "weighed on Fridays"
    source: {section: case_study, reference: rice}
  - id: penguins_pool
    text: "The pool of the penguins is kept at eight degrees in summer and in winter alike."
    brief: "a pool of eight degrees"
    source: {section: case_study, reference: rice}
  - id: penguins_ice
    text: "The ice in the house of the penguins is renewed every night before the lights go out."
    brief: "new ice every night"
    source: {section: case_study, reference: rice}
  - id: penguins_vet
    text: "A vet looks at the feet and the beaks of all the penguins in the first week of a month."
    brief: "a vet once a month"
    source: {section: case_study, reference: rice}
topics:
  - id: penguins
    title: "Penguin care"
    question: "How are penguins cared for?"
    statements: [penguins_food, penguins_weight, penguins_pool, penguins_ice, penguins_vet]
    related: [demand, skills]
"""
UTTERANCES = """
how are penguins cared for
penguin care
what do the penguins eat
who looks after the penguins
tell me about feeding penguins
do penguins get herring
are the penguins given fish
how often are penguins fed
penguin feeding times please
what is done for the penguins
is there bread for the penguins
how do keepers look after penguins
feeding of the penguins
when do penguins get their herring
explain how penguins are kept
"""
FOLDERS = (
    *("actions", "channels", "content", "data", "dialogue", "nlu", "reading", "requirements"),
    *("server", "tools"),
)
# What the reader was made from is large, and no running assistant needs it.
_LEFT_OUT = shutil.ignore_patterns("data", "training", "__pycache__")
NEEDED = (*FOLDERS, "config.yml", "credentials.yml", "domain.yml", "endpoints.yml")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more topic, trained."""
    folder = tmp_path_factory.mktemp("copy") / "project"
    folder.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(source, folder / name)
    (folder / "content" / "penguins.yml").write_text(TOPIC, encoding="utf-8")
    examples = "\n".join(f"    - {each}" for each in UTTERANCES.split("\n") if each)
    (folder / "data" / "nlu" / "topics" / "penguins.yml").write_text(
        f'version: "3.1"\n\nnlu:\n- intent: penguins\n  examples: |\n{examples}\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "tools.train"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def changed(copy: Path) -> Iterator[str]:
    """Address of the assistant that runs in the copy."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "ACTIONS_PORT": str(free_port())}
    server = subprocess.Popen(
        [sys.executable, "-m", "tools.launch", "serve"],
        cwd=copy,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://{HOST}:{port}"
    try:
        wait_until_up(server, address, copy / ".run" / f"server-{port}.log")
        yield address
    finally:
        server.terminate()
        server.wait(20)


def test_it_is_answered_with_all_that_follows(changed: str) -> None:
    visitor = Conversation(changed)
    assert "herring twice a day" in visitor.say("so how does one care for these penguins?")
    offered = [button["payload"] for button in visitor.buttons]
    assert offered == ["/demand", "/skills"]
    assert "vet" in visitor.say("tell me more")
    assert len(visitor.say("shorter please").split()) <= 20
    assert "Case Study" in visitor.say("where does that come from?")
    assert "demand" in visitor.say(offered[0])
    assert "penguins" in visitor.say("go back")


def test_yes_no_and_wrong_claims_are_taken_up(changed: str) -> None:
    # Whether a yes is put before the fact is the reader's choice; a wrong claim never gets one.
    assert "herring" in Conversation(changed).say("do the penguins get herring twice a day?")
    for wrong in ("are penguins fed three times a day?", "are penguins fed with bread?"):
        reply = Conversation(changed).say(wrong)
        assert reply
        assert not reply.startswith("Yes")


def test_it_is_offered_by_its_title_and_understood_by_it(changed: str) -> None:
    visitor = Conversation(changed)
    assert "herring" in visitor.say("Penguin care")
    assert "Rice University" in visitor.say("where does that come from?")


def test_it_is_among_the_subjects_that_are_listed(changed: str) -> None:
    visitor = Conversation(changed)
    visitor.say("/nlu_fallback")
    assert "Penguin care" in visitor.say("/nlu_fallback")
