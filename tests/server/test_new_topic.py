"""A new topic needs its content and its utterances, and nothing else."""

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

ENTRY = """
entries:
  - id: penguins
    title: "Penguin care"
    question: "How are penguins cared for?"
    answer: >-
      Penguins are fed on herring twice a day. A keeper weighs each of them on Fridays.
    more: "The pool is kept at eight degrees, and the ice is renewed every night."
    short: "Penguins get herring twice a day."
    source: {section: case_study, reference: rice}
    confirmations:
      - claims: [herring, fish]
        answer: "Yes, penguins get herring, twice a day."
    corrections:
      - claims: [bread]
        answer: "No, penguins are fed on herring."
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
FOLDERS = ("actions", "channels", "content", "data", "nlu", "requirements", "server", "tools")
NEEDED = (*FOLDERS, "config.yml", "credentials.yml", "domain.yml", "endpoints.yml")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more topic, trained."""
    folder = tmp_path_factory.mktemp("copy") / "project"
    folder.mkdir()
    for name in NEEDED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    (folder / "content" / "penguins.yml").write_text(ENTRY, encoding="utf-8")
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
    assert [button["payload"] for button in visitor.buttons] == ["/demand", "/skills"]
    assert "eight degrees" in visitor.say("tell me more")
    assert visitor.say("shorter please") == "Penguins get herring twice a day."
    assert "Case Study" in visitor.say("where does that come from?")
    assert "Yes, demand" in visitor.say(visitor.buttons[0]["payload"] if visitor.buttons else "1")
    assert "herring" in visitor.say("go back")


def test_yes_no_and_wrong_claims_are_taken_up(changed: str) -> None:
    visitor = Conversation(changed)
    assert visitor.say("do the penguins get herring?").startswith("Yes,")
    assert visitor.say("are penguins fed with bread?").startswith("No,")


def test_it_is_offered_by_its_title_and_understood_by_it(changed: str) -> None:
    visitor = Conversation(changed)
    assert "herring" in visitor.say("Penguin care")
    assert "Rice University" in visitor.say("says who?")


def test_it_is_among_the_subjects_that_are_listed(changed: str) -> None:
    visitor = Conversation(changed)
    visitor.say("/nlu_fallback")
    assert "Penguin care" in visitor.say("/nlu_fallback")
