"""Replies are judged and mended one by one, with nothing of a visitor's words kept."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from content.loader import load
from keepers.assigning import Assigner
from keepers.copies import Copies
from keepers.counted import make_report
from keepers.decisions import Decisions
from keepers.judgements import JUDGED, Judgement, Judgements
from keepers.masking import Masker
from keepers.mending import (
    LABELLED,
    STORIES,
    Scene,
    article_name,
    keep_labelled,
    keep_story,
    scene_of,
)
from keepers.nlu_files import read_examples
from keepers.page import page
from keepers.report import summary
from keepers.review import next_steps, watched
from keepers.store import Period
from keepers.suspects import Suspect, queue, read_signs
from keepers.transcript import Spoken, read_conversation
from keepers.walk import ReadConversation, Walk, entries
from keepers.wording import known_words
from reading.articles import read_articles
from tests.conftest import ROOT
from tests.keepers.stores import Store
from tests.server.script import read_scripts
from tools.console import CommandError
from tools.stores import open_store

CONTENT = load()
_COLUMNS = "80"


@dataclass
class Keeper:
    """A keeper at a terminal of 80 columns, in a copy of the repository's data and content."""

    folder: Path
    suspects: Sequence[Suspect]
    read: ReadConversation
    masker: Masker
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def types(self, text: str, only: str = "") -> str:
        """Goes through the queue, typing that; returns what is shown."""
        decisions, judged = Decisions(), Judgements()
        shown = queue(self.suspects, read_signs(only))
        assigner = Assigner(Copies(read_examples()), decisions, self.masker)
        listed = entries(shown, self.masker, judged, decisions)
        walk = Walk(CONTENT, self.masker, judged, assigner, self.read)
        self.monkeypatch.setattr("sys.stdin", io.StringIO(text))
        walk.go(listed)
        print(next_steps(CONTENT, assigner.added, walk.begun))
        # At a terminal what is typed ends the line of a prompt.
        return re.sub(r"((?:help|goes on|words|y/n) > )", r"\1\n", self.capsys.readouterr().out)

    def left(self) -> int:
        """How many questions are still to be judged."""
        return len(entries(self.suspects, self.masker, Judgements(), Decisions()))

    @property
    def judged(self) -> list[dict[str, object]]:
        path = self.folder / JUDGED
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def suspects(driven: Store) -> Sequence[Suspect]:
    return watched(open_store(driven.config), Period(), CONTENT).suspects


@pytest.fixture(scope="module")
def known() -> Masker:
    return Masker(known_words())


@pytest.fixture
def keeper(
    driven: Store,
    suspects: Sequence[Suspect],
    known: Masker,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Keeper:
    for name in ("data", "content", "tests/nlu/holdout"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("keepers", "tests/server/conversations", "nlu", "reading", "requirements"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("config.yml", "domain.yml", "requirements/runtime.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", _COLUMNS)
    engine = open_store(driven.config)
    read = cache(lambda sender: read_conversation(engine, sender))
    return Keeper(tmp_path, suspects, read, known, capsys, monkeypatch)


def test_what_was_judged_is_kept_by_digest_and_not_shown_again(keeper: Keeper) -> None:
    before = keeper.left()
    shown = keeper.types("\nr\nw t\n\np\nv\n\nq\n")  # Enter alone does not quit
    assert sorted(str(each["grade"]) for each in keeper.judged) == ["partly", "right", "wrong"]
    assert sorted(str(each["reason"]) for each in keeper.judged) == ["", "topic", "verdict"]
    for each in keeper.judged:
        assert set(each) == set(Judgement.__dataclass_fields__)
        assert int(str(each["turn"]), 16)
    assert keeper.left() == before - 3
    assert [line for line in shown.splitlines() if len(line) > int(_COLUMNS)] == []


def test_the_last_judgement_can_be_taken_back(keeper: Keeper) -> None:
    keeper.types("r\nr\nb\nq\n")
    assert len(keeper.judged) == 1


def test_the_whole_conversation_is_shown_with_what_was_understood(keeper: Keeper) -> None:
    shown = keeper.types("v\nq\n")
    for name in ("decided", "does", "verdict", "intent"):
        assert f"\n  {name} " in shown
    assert "\n=> >" in shown


def test_a_reworded_question_becomes_an_example(keeper: Keeper) -> None:
    wording = "so how many openings does the whole market hold these days"
    shown = keeper.types(f"e {wording}\ndemand\nq\n")
    examples = {each.text: each.intent for each in read_examples(keeper.folder / "data/nlu")}
    assert examples[wording] == "demand"
    assert "Next: 'make train', then 'make restart'" in " ".join(shown.split())


def test_a_topic_is_begun_from_a_question(keeper: Keeper) -> None:
    shown = keeper.types("e may one bring a parrot to the office\nt gap_parrots a\nq\n")
    found = [each for each in read_examples() if each.intent == "gap_parrots"]
    assert [each.text for each in found] == ["may one bring a parrot to the office"]
    begun = (keeper.folder / "content/gap_parrots.yml").read_text(encoding="utf-8")
    assert begun.startswith("draft: true")
    assert "fill in content/gap_parrots.yml" in " ".join(shown.split())


def test_one_can_mend_twice_and_is_told_the_nearest_statements(keeper: Keeper) -> None:
    typed = "e do they use java at all\nw v\nstory yes ml_lang\nlabel ml_lang=confirms\n\nq\n"
    shown = keeper.types(typed)
    assert "\n  nearest " in shown
    kept = read_scripts(keeper.folder / STORIES)
    assert kept[0].turns[-1].user == "do they use java at all"
    (article,) = read_articles(keeper.folder / LABELLED)
    assert article.turns[0].labels == {"ml_lang": "confirms"}


def test_what_may_be_personal_is_named_and_written_only_if_that_is_meant(keeper: Keeper) -> None:
    text = "which openings does Xiomara see on the market nowadays"
    shown = keeper.types(f"e {text}\ndemand\nn\ne {text}\ndemand\ny\nq\n")
    shown = " ".join(shown.split())
    assert "Personal? Xiomara" in shown
    assert "may be personal" in shown
    assert [each.text for each in read_examples() if "Xiomara" in each.text] == [text]


def test_nonsense_is_told_and_asked_again(keeper: Keeper) -> None:
    shown = keeper.types("no_such\n1 z\nt Bad-Id\ne java too\nlabel ml_lang\nstory\n?\nq\n")
    shown = " ".join(shown.split())
    for told in ("There is no topic 'no_such'", "the letters go from", "is no id"):
        assert told in shown
    assert "say ml_lang=answers" in shown
    assert "say what should be told" in shown
    assert "put the question in other words" in shown


def test_the_report_tells_what_was_judged(keeper: Keeper, driven: Store) -> None:
    keeper.types("r\np u\n\nw g\n\nq\n")
    report = make_report(open_store(driven.config), Period())
    (month,) = report.judged.by_month()
    row = next(each for each in summary(report).splitlines() if each.startswith(month))
    assert row.split()[1] == "3"
    assert row.count("33.3 %") == 3
    shown = page(report)
    assert "Judged, by month" in shown
    assert "Signs of wrong replies" in shown


def test_a_torn_file_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text('{"turn": "00"}\n', encoding="utf-8")
    with pytest.raises(CommandError, match=r"judged.jsonl:1: not a judgement"):
        Judgements(path)


def test_the_command_lists_its_queue(driven: Store) -> None:
    command = [sys.executable, "-m", "keepers.review", "--list", "--only", "refused"]
    command += ["--endpoints", str(driven.endpoints)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    listed = re.findall(r"^ {0,3}\d+  [01]\.\d\d ([\w,]+): ", done.stdout, re.MULTILINE)
    assert listed
    assert [signs for signs in listed if "refused" not in signs.split(",")] == []


# Mending


@pytest.fixture
def masker() -> Masker:
    return Masker(frozenset("what do they earn need python is it java too name my".split()))


def _spoken(text: str, time: float, *told: str) -> Spoken:
    return Spoken(time, text, {}, {}, None, ["..."], list(told))


def test_a_story_is_played_by_the_tests(tmp_path: Path, masker: Masker) -> None:
    said = [_spoken("what do they need", 1.0, "ml_lang"), _spoken("is it java too", 2.0)]
    scene = scene_of(said, 2.0, "is it java too", masker)
    path = tmp_path / "kept.yml"
    assert keep_story(scene, "yes ml_lang", CONTENT, path) == "kept 1"
    assert keep_story(scene, "gap_pay", CONTENT, path) == "kept 2"
    first, second = read_scripts(path)
    assert [turn.user for turn in first.turns] == ["what do they need", "is it java too"]
    assert first.turns[0].tells == [["ml_lang"]]
    assert (first.turns[1].tells, first.turns[1].verdict) == ([["ml_lang"]], "yes")
    assert second.turns[1].answers == ["gap_pay"]
    with pytest.raises(CommandError, match="'ml_lnag' is no statement"):
        keep_story(scene, "ml_lnag", CONTENT, path)
    assert len(read_scripts(path)) == 2


def test_a_labelled_turn_can_be_read_by_the_reader(tmp_path: Path) -> None:
    scene = Scene("only java?", [("what do they need", ("ml_lang",))])
    assert keep_labelled(scene, "ml_lang=denies ml_frame=n", CONTENT, tmp_path)[1] == 1
    path, number = keep_labelled(Scene("nice hat", ()), "none", CONTENT, tmp_path)
    assert number == 2
    ((article),) = read_articles(tmp_path)
    assert article.name == path.stem == article_name(CONTENT)
    assert "-vs-" in article.name
    assert article.turns[0].labels == {"ml_lang": "denies", "ml_frame": "near"}
    assert article.turns[0].previous == "what do they need"
    assert article.turns[0].told == ("ml_lang",)
    for typed in ("ml_lang", "ml_lang=x", "nothing=near", ""):
        with pytest.raises(CommandError):
            keep_labelled(scene, typed, CONTENT, tmp_path)


def test_personal_data_is_kept_in_neither(masker: Masker) -> None:
    said = [_spoken("what do they need", 0.5), _spoken("my name is Dana Quill", 1.0)]
    said += [_spoken("what do they earn", 2.0), _spoken("is it java too", 3.0)]
    assert scene_of(said, 2.0, "what do they earn", masker).before == []
    kept = scene_of(said, 3.0, "is it java too", masker).before
    assert [text for text, _ in kept] == ["what do they earn"]
    for say in ("my name is <name>", "is it Xiomara"):
        with pytest.raises(CommandError, match="personal data"):
            scene_of(said, 2.0, say, masker)


def test_a_story_is_valid_yaml_with_a_comment_that_says_where_it_is_from(tmp_path: Path) -> None:
    path = tmp_path / "kept.yml"
    keep_story(Scene('what is "ml": a #job?', ()), "ml_def", CONTENT, path)
    assert path.read_text(encoding="utf-8").startswith("# What visitors were told wrongly")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))[0]["turns"][0]["user"].endswith("#job?")
