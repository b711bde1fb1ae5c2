"""Tells texts of tests that the model has never seen from those it was trained on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from keepers.nlu_files import read_examples
from tests.conftest import ROOT


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))


def training_texts() -> Iterator[str]:
    """All training examples of the data folder, words in small letters only."""
    plain = (_plain(each.text) for each in read_examples(ROOT / "data" / "nlu"))
    yield from filter(None, plain)  # "???" has no words to compare


def seen_in_training(texts: Iterable[str], alike: float = 100) -> list[tuple[str, str]]:
    """The texts that equal a training example, each with that example.

    Args:
        texts: what visitors say in tests.
        alike: rapidfuzz's ratio from which on two texts count as equal.
    """
    examples = sorted(set(training_texts()))
    found = []
    for text in texts:
        near = process.extractOne(_plain(text), examples, scorer=fuzz.ratio, score_cutoff=alike)
        if near is not None:
            found.append((text, near[0]))
    return found
