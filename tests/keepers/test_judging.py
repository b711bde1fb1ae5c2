"""Replies are judged and mended one by one, with nothing of a visitor's words kept."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from content.loader import load
from keepers.judgements import Judgement, Judgements
from keepers.masking import Masker
from keepers.mending import Scene, article_name, keep_labelled, keep_story, scene_of
from keepers.nlu_files import read_examples
from keepers.transcript import Spoken
from reading.articles import read_articles
from tests.keepers.copy import Copy
from tests.keepers.stores import Store
from tests.server.script import read_scripts
from tools.console import CommandError

CONTENT = load()
_JUDGED = "keepers/judged.jsonl"
_COLUMNS = 80


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The repository, in which nothing was judged yet."""
    found = Copy(tmp_path_factory.mktemp("judging"))
    found.path(_JUDGED).unlink(missing_ok=True)
    found.path("keepers/reviewed.jsonl").unlink(missing_ok=True)
    return found


def _review(
    copy: Copy, store: Store, typed: str, *options: str
) -> subprocess.CompletedProcess[str]:
    return copy.run(
        *("keepers.review", "--endpoints", str(store.endpoints), *options),
        typed=typed,
        variables={"COLUMNS": str(_COLUMNS)},
    )


def _judged(copy: Copy) -> list[dict[str, object]]:
    return [json.loads(line) for line in copy.text(_JUDGED).splitlines()]


def test_what_was_judged_is_kept_by_digest_and_not_shown_again(copy: Copy, driven: Store) -> None:
    listed = _review(copy, driven, "", "--list")
    assert listed.returncode == 0, listed.stderr
    before = [line for line in listed.stdout.splitlines() if line[:4].strip().isdigit()]
    done = _review(copy, driven, "\nr\nw t\n\np\nv\n\nq\n")  # Enter alone does not quit
    assert done.returncode == 0, done.stderr
    kept = _judged(copy)
    assert sorted(str(each["grade"]) for each in kept) == ["partly", "right", "wrong"]
    assert sorted(str(each["reason"]) for each in kept) == ["", "topic", "verdict"]
    for each in kept:
        assert set(each) == set(Judgement.__dataclass_fields__)
        assert int(str(each["turn"]), 16)
    after = _review(copy, driven, "", "--list").stdout.splitlines()
    assert len([line for line in after if line[:4].strip().isdigit()]) == len(before) - 3
    assert [line for line in done.stdout.splitlines() if len(line) > _COLUMNS] == []


def test_the_last_judgement_can_be_taken_back(copy: Copy, driven: Store) -> None:
    before = _judged(copy)
    assert _review(copy, driven, "r\nb\nq\n").returncode == 0
    assert _judged(copy) == before


def test_the_whole_conversation_is_shown_with_what_was_understood(
    copy: Copy, driven: Store
) -> None:
    shown = _review(copy, driven, "v\nq\n", "--only", "margin").stdout
    for name in ("decided", "does", "verdict", "intent"):
        assert f"\n  {name} " in shown
    assert "\n=> >" in shown


def test_a_reworded_question_becomes_an_example(copy: Copy, driven: Store) -> None:
    wording = "so how many openings does the whole market hold these days"
    done = _review(copy, driven, f"e {wording}\ndemand\nq\n")
    assert done.returncode == 0, done.stderr
    examples = {each.text: each.intent for each in read_examples(copy.path("data/nlu"))}
    assert examples[wording] == "demand"
    assert "Next: 'make train', then 'make restart'" in " ".join(done.stdout.split())


def test_a_topic_is_begun_from_a_question(copy: Copy, driven: Store) -> None:
    done = _review(copy, driven, "e may one bring a parrot to the office\nt gap_parrots a\nq\n")
    assert done.returncode == 0, done.stderr
    examples = [
        each for each in read_examples(copy.path("data/nlu")) if each.intent == "gap_parrots"
    ]
    assert [each.text for each in examples] == ["may one bring a parrot to the office"]
    assert copy.text("content/gap_parrots.yml").startswith("draft: true")
    assert "fill in content/gap_parrots.yml" in " ".join(done.stdout.split())


def test_what_may_be_personal_is_named_and_written_only_if_that_is_meant(
    copy: Copy, driven: Store
) -> None:
    text = "which openings does Xiomara see on the market nowadays"
    typed = f"e {text}\ndemand\nn\ns\ne {text}\ndemand\ny\nq\n"
    done = _review(copy, driven, typed)
    assert "Personal? Xiomara" in done.stdout
    assert "may be personal" in done.stdout
    written = [each.text for each in read_examples(copy.path("data/nlu")) if "Xiomara" in each.text]
    assert written == [text]


def test_nonsense_is_told_and_asked_again(copy: Copy, driven: Store) -> None:
    done = _review(copy, driven, "no_such\n1 z\nt Bad-Id\nlabel ml_lang\nstory\n?\nq\n")
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for told in ("There is no topic 'no_such'", "the letters go from", "is no id"):
        assert told in shown
    assert "say ml_lang=answers" in shown or "personal data" in shown
    assert "put the question in other words" in shown


def test_the_report_tells_what_was_judged(copy: Copy, driven: Store) -> None:
    kept = Judgements(copy.path(_JUDGED))
    done = copy.run("keepers.report", "--endpoints", str(driven.endpoints))
    assert done.returncode == 0, done.stderr
    (month,) = kept.by_month()
    row = next(line for line in done.stdout.splitlines() if line.startswith(month))
    assert row.split()[1] == str(len(kept)) == "3"
    assert row.count("33.3 %") == 3
    page = copy.text("results/report.html")
    assert "Judged, by month" in page
    assert "Signs of wrong replies" in page


def test_a_torn_file_is_told_by_its_line(copy: Copy, driven: Store) -> None:
    text = copy.text(_JUDGED)
    copy.path(_JUDGED).write_text('{"turn": "00"}\n', encoding="utf-8")
    done = _review(copy, driven, "q\n")
    assert done.returncode == 1
    assert done.stderr.startswith(f"make: {_JUDGED}:1: not a judgement")
    copy.path(_JUDGED).write_text(text, encoding="utf-8")


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
    said = [_spoken("my name is Dana Quill", 1.0), _spoken("what do they earn", 2.0)]
    assert scene_of(said, 2.0, "what do they earn", masker).before == []
    for say in ("my name is <name>", "is it Xiomara"):
        with pytest.raises(CommandError, match="personal data"):
            scene_of(said, 2.0, say, masker)


def test_a_story_is_valid_yaml_with_a_comment_that_says_where_it_is_from(tmp_path: Path) -> None:
    path = tmp_path / "kept.yml"
    keep_story(Scene('what is "ml": a #job?', ()), "ml_def", CONTENT, path)
    assert path.read_text(encoding="utf-8").startswith("# What visitors were told wrongly")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))[0]["turns"][0]["user"].endswith("#job?")
