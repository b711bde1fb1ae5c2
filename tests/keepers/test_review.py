"""Questions without an answer become training data, one decision after the other."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from keepers.by_groups import Wording, make_groups, wordings_to_decide
from keepers.copies import Copies
from keepers.decisions import Decisions
from keepers.groups import grouped
from keepers.masking import Masker
from keepers.nlu_files import read_examples
from keepers.wording import known_words
from reading.encoder import SentenceEncoder
from tests.conftest import ROOT
from tests.keepers.copy import Copy
from tests.keepers.stores import Store

_STATE = "keepers/reviewed.jsonl"
# A wording of the hold-out, or with personal data, is decided without becoming an example.
_TRIES = 5
_VECTORS = ".run/keepers-vectors.npz"


@pytest.fixture(scope="module")
def vectors(driven: Store, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The embeddings that a review remembers: of the whole training data they take a while."""
    first = Copy(tmp_path_factory.mktemp("first-review"))
    _review(first, driven, "q\n")
    return first.path(_VECTORS).read_bytes()


@pytest.fixture
def copy(tmp_path: Path, vectors: bytes) -> Copy:
    """The repository after a first review that decided nothing."""
    found = Copy(tmp_path)
    found.path(_VECTORS).parent.mkdir()
    found.path(_VECTORS).write_bytes(vectors)
    found.path(_STATE).unlink(missing_ok=True)
    return found


def _review(copy: Copy, store: Store, typed: str) -> subprocess.CompletedProcess[str]:
    return copy.run("keepers.review", "--groups", "--endpoints", str(store.endpoints), typed=typed)


def _examples(copy: Copy) -> dict[str, str]:
    return {each.text: each.intent for each in read_examples(copy.path("data/nlu"))}


def test_questions_are_grouped_by_meaning() -> None:
    texts = ["where can I buy violin strings", "violin strings, who sells them"]
    texts += ["is the harbour open on Sundays", "opening hours of the harbour"]
    groups = grouped(SentenceEncoder().encode_batch(texts), [1, 1, 5, 1])
    assert groups == [[2, 3], [0, 1]]


def test_the_topic_that_a_group_is_on_is_among_the_nearest() -> None:
    examples = [each for each in read_examples() if each.intent in {"demand", "tools", "gap_pay"}]
    wordings = [Wording("what money do they take home", "what money do they take home", 1)]
    ((group),) = make_groups(wordings, examples)
    assert group.topics[0][0] == "gap_pay"


def test_an_assigned_wording_is_a_new_example_and_is_not_shown_again(
    copy: Copy, driven: Store
) -> None:
    before = _examples(copy)
    new: dict[str, str] = {}
    for _ in range(_TRIES):
        first = _review(copy, driven, "demand a\nq\n")
        assert first.returncode == 0, first.stderr
        new = {text: intent for text, intent in _examples(copy).items() if text not in before}
        if new:
            break
    assert list(new.values()) == ["demand"]
    (text,) = new
    assert text in first.stdout
    second = _review(copy, driven, "q\n")
    assert f"x {text}\n" not in second.stdout
    changed = {
        path.relative_to(copy.folder)
        for path in copy.path("data/nlu").rglob("*")
        if path.is_file()
        and path.read_bytes() != (ROOT / path.relative_to(copy.folder)).read_bytes()
    }
    assert changed == {Path("data/nlu/topics/demand.yml")}


def test_noise_is_not_shown_again_and_what_was_skipped_is(copy: Copy, driven: Store) -> None:
    first = _review(copy, driven, "n a\ns\nq\n")
    second = _review(copy, driven, "q\n")
    counts = [int(each.stdout.splitlines()[0].split()[0]) for each in (first, second)]
    assert counts[1] == counts[0] - 1
    assert _examples(copy) == {each.text: each.intent for each in read_examples()}


def test_the_state_has_no_words_of_visitors(copy: Copy, driven: Store) -> None:
    _review(copy, driven, "n\nn\nn\nq\n")
    for line in copy.text(_STATE).splitlines():
        fields = json.loads(line)
        assert set(fields) == {"question", "decision", "day"}
        assert int(fields["question"], 16)


def test_what_makes_no_sense_is_asked_again(copy: Copy, driven: Store) -> None:
    done = _review(copy, driven, "no_such_topic\n99\ndemand z9\n?\n\n")
    assert done.returncode == 0
    assert "There is no topic 'no_such_topic'" in done.stdout
    assert "the letters go from a to" in done.stdout
    assert "0 examples added; 0 decisions" in done.stdout


def test_copies_of_training_data_and_of_the_hold_out_are_refused() -> None:
    examples = list(read_examples())
    copies = Copies(examples)
    known = next(each for each in examples if len(each.text) > 30)
    assert copies.in_training(f"{known.text.upper()} !") is not None
    assert copies.in_training("do the ferries sail when it storms at sea") is None
    held_out = [
        json.loads(line)["text"]
        for path in (ROOT / "tests" / "nlu" / "holdout").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    missed = sum(not copies.in_holdout(f"{text}?") for text in held_out if len(text) > 10)
    assert missed == 0, f"{missed} copies of the hold-out were not noticed"
    assert not copies.in_holdout("do the ferries sail when it storms at sea")


def test_personal_data_never_becomes_an_example(copy: Copy, driven: Store) -> None:
    done = _review(copy, driven, "out_of_scope\n" * 300)
    assert done.returncode == 0, done.stderr
    assert "personal data is masked in it" in " ".join(done.stdout.split())
    written = copy.text("data/nlu/gaps/out_of_scope.yml")
    for mark in ("<number>", "<name>", "<e-mail>", "4929123456781234"):
        assert mark not in written
    assert "Nothing to review" in _review(copy, driven, "").stdout


def test_questions_that_differ_in_personal_data_alone_are_one() -> None:
    from keepers.figures import Question

    questions = [
        Question(f"is customer {number} in debt", f"is customer {number} in debt", (), 2)
        for number in (12345678, 87654321)
    ]
    decisions = Decisions(Path("no-such-state.jsonl"))
    (found,) = wordings_to_decide(questions, Masker(known_words()), decisions)
    assert found.count == 4


def test_killed_in_the_middle_nothing_decided_is_lost(copy: Copy, driven: Store) -> None:
    before = _examples(copy)
    process = subprocess.Popen(
        Copy.command("keepers.review", "--groups", "--endpoints", str(driven.endpoints)),
        cwd=copy.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin
    process.stdin.write("demand a\nn a\ndemand a\nn a\ndemand a\nn a\n")
    process.stdin.flush()
    while not copy.path(_STATE).exists():  # so at least one decision is made
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    decided = [json.loads(line)["decision"] for line in copy.text(_STATE).splitlines()]
    new = [intent for text, intent in _examples(copy).items() if text not in before]
    assert decided
    assert set(new) <= {"demand"}
    assert len(new) - decided.count("demand") in (0, 1)  # an example is written before its decision
    for path in copy.path("data/nlu").rglob("*.yml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    again = _review(copy, driven, "q\n")
    assert again.returncode == 0, again.stderr
    assert f"{len(decided)} decisions in all" in again.stdout


def test_a_second_review_at_the_same_time_is_kept_out(copy: Copy, driven: Store) -> None:
    first = subprocess.Popen(
        Copy.command("keepers.review", "--groups", "--endpoints", str(driven.endpoints)),
        cwd=copy.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert first.stdout
    assert first.stdin
    first.stdin.write("s\n")
    first.stdin.flush()
    lock = copy.path(".run/review.lock")
    while not lock.exists():
        time.sleep(0.05)
    second = _review(copy, driven, "q\n")
    first.communicate("q\n")
    assert second.returncode == 1
    assert "another review is running" in second.stderr


def test_a_torn_state_is_told_by_its_line(copy: Copy, driven: Store) -> None:
    copy.path(_STATE).write_text('{"question": "00", "dec\n', encoding="utf-8")
    done = _review(copy, driven, "q\n")
    assert done.returncode == 1
    assert done.stderr.strip() == f'make: {_STATE}:1: not a decision: {{"question": "00", "dec'
