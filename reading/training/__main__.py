"""`make reader`: trains the retriever and the reader on their data, and writes their weights.

What was done is kept in a work folder, so that a training that was ended goes on where it was. The
articles named in `held_out.txt` are never trained on: the verdict's thresholds are chosen on them.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from reading.articles import DATA, Article, held_out, read_articles
from reading.candidates import Retriever
from reading.encoder import SentenceEncoder, default_model_dir, packaged_encoder
from reading.packing import digest_of, load_weights, save_weights
from reading.reader import READER, RETRIEVER, WEIGHTS
from reading.training import retriever
from reading.training.examples import Examples
from reading.training.fitting import Plan, fit
from reading.training.heads import fit_heads
from reading.training.model import from_published, published
from reading.training.provenance import write_provenance

WORK = Path(".run/reader")
#: The article that the assistant speaks of. Any other is read as well as those held out.
OWN = "ml-vs-ai-engineering"
_OWN_TIMES, _OWN_REST, _OWN_RATE, _OWN_SHARE = 2, 0.5, 6e-5, 0.5


def prepare(articles: Sequence[Article], encoder: SentenceEncoder, work: Path, out: Path) -> None:
    """Trains the retriever and lays the reader's examples ready, unless that is done already."""
    if (work / "examples.pkl").exists() and (out / RETRIEVER).exists():
        return
    encoded = [retriever.encode(article, encoder) for article in articles]
    weights = retriever.train(encoded)
    np.savez(out / RETRIEVER, **weights)
    ranker = Retriever(weights, encoder)
    Examples.of(encoded, [each.scores(ranker) for each in encoded]).save(work / "examples.pkl")


def turned_to_own(general: Plan) -> Plan:
    """Goes on from a trained reader with the own article; what it was taught before is kept up."""
    plan = replace(
        general,
        work=general.work / "own",
        passes=1,
        rate=_OWN_RATE,
        seconds=general.seconds * _OWN_SHARE,
        start=general.result,
    )
    if plan.result.exists():
        return plan
    dice = random.Random(plan.seed)  # noqa: S311  no secret
    examples = Examples.load(general.work / "examples.pkl")
    examples = examples.turned_to(OWN, _OWN_TIMES, _OWN_REST, dice)
    if not examples.items:
        return general
    plan.work.mkdir(exist_ok=True)
    examples.save(plan.work / "examples.pkl")
    fit(plan)
    return plan


def export(plan: Plan, out: Path) -> None:
    """Writes the trained weights under the names that the graph knows."""
    save_weights(published(torch.load(plan.result, weights_only=True)), out / READER)


def unpacked(weights: Path, work: Path) -> Path:
    """Written weights in the form that a training begins with."""
    path = work / "start.pt"
    if not path.exists():
        torch.save(from_published(load_weights(weights)), path)
    return path


def main() -> int:
    """Command line: `python -m reading.training`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=float, default=Plan.passes, help="over all examples")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--seconds", type=float, default=Plan.seconds, help="for the reader, at most"
    )
    parser.add_argument("--articles", type=int, help="train on so many only: a short form")
    parser.add_argument(
        "--start", type=Path, help="weights to go on from, instead of the encoder's"
    )
    parser.add_argument("--work", type=Path, default=WORK, help="folder for what is half done")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the weights")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    kept_apart = held_out()
    articles = [each for each in read_articles(DATA) if each.name not in kept_apart]
    articles = articles[: options.articles]
    print(
        f"{len(articles)} articles, {sum(len(each.turns) for each in articles)} turns", flush=True
    )
    prepare(articles, packaged_encoder(), options.work, options.out)
    print(f"retriever trained, {time.monotonic() - began:.0f} s", flush=True)
    general = Plan(
        encoder=default_model_dir(),
        work=options.work,
        passes=options.passes,
        count=options.processes,
        seconds=options.seconds,
        start=unpacked(options.start, options.work) if options.start else None,
    )
    if not general.result.exists():
        fit(general)
    export(turned_to_own(general), options.out)
    fit_heads(articles, packaged_encoder(), options.out)
    write_provenance(
        options.out,
        passes=options.passes,
        processes=options.processes,
        articles=len(articles),
        start=digest_of(options.start) if options.start else None,
    )
    print(f"weights written, {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
