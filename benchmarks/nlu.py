"""The project's own pipeline on any data set, beside the pipeline that Rasa suggests.

The folder has train.yml and test.yml in Rasa's NLU format. Labels that are `out_of_scope` or begin
with `gap_` stand for questions that should be refused.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from sklearn.metrics import f1_score

from benchmarks.holdout_questions import OPEN_PREFIXES, share
from benchmarks.model import load_agent, quieten, spread, timed_parses
from benchmarks.processes import Cost
from benchmarks.training import archive, train
from nlu.intent_model import is_open
from nlu.outcome import FALLBACK
from tools.console import CommandError, guarded, percent, table
from tools.launch import RUN, rasa

CONFIG = Path("config.yml")
_TRAIN_SECONDS = 3 * 3600.0
_WARM_UP = 5

# Where Rasa keeps the configuration that it suggests.
_SUGGESTION = Path("engine") / "recipes" / "config_files" / "default_config.yml"


@dataclass(frozen=True)
class Data:
    """A data set.

    Attributes:
        train: file to learn from.
        test: pairs of text and intent.
        has_retrieval_intents: whether a response selector has something to select.
    """

    train: Path
    test: tuple[tuple[str, str], ...]
    has_retrieval_intents: bool


@dataclass(frozen=True)
class Score:
    """What a pipeline made of the test texts.

    Attributes:
        cost: of training.
        expected: the right intents.
        understood: the intents found.
        guesses: the same, but the first guess where the pipeline fell back.
        times: milliseconds a message.
    """

    cost: Cost
    expected: tuple[str, ...]
    understood: tuple[str, ...]
    guesses: tuple[str, ...]
    times: tuple[float, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Expected and understood intent of each text."""
        return list(zip(self.expected, self.understood, strict=True))


def read_data(folder: Path) -> Data:
    """Reads and checks a data set.

    Raises:
        CommandError: if a file is missing, not in Rasa's format, or has too little in it.
    """
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder")
    train, test = (_load(folder / name) for name in ("train.yml", "test.yml"))
    if len(train.intents) < 2:
        raise CommandError(f"{folder / 'train.yml'} needs examples of two intents or more")
    return Data(
        train=folder / "train.yml",
        test=tuple((m.get("text"), m.get("intent")) for m in test.intent_examples),
        has_retrieval_intents=bool(train.retrieval_intents),
    )


def _load(path: Path) -> Any:
    if not path.is_file():
        raise CommandError(f"{path} is missing")
    quieten()
    from rasa.shared.exceptions import RasaException
    from rasa.shared.nlu.training_data.loading import load_data

    try:
        data = load_data(str(path))
    except (RasaException, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split())
        raise CommandError(f"{path} is not in Rasa's NLU format: {reason}") from error
    if not data.intent_examples:
        raise CommandError(f"{path} has no examples of intents")
    return data


def own_pipeline() -> list[dict[str, Any]]:
    """The components of the project's config.yml."""
    return list(read_config(CONFIG)["pipeline"])


def suggested_pipeline(has_retrieval_intents: bool) -> list[dict[str, Any]]:
    """The pipeline that the installed Rasa suggests, without a selector that has nothing to do."""
    spec = find_spec("rasa")
    if spec is None or spec.origin is None:
        raise CommandError("Rasa is not installed: run 'make install'")
    pipeline = read_config(Path(spec.origin).parent / _SUGGESTION)["pipeline"]
    unused = () if has_retrieval_intents else ("ResponseSelector",)
    return [item for item in pipeline if item["name"] not in unused]


def read_config(path: Path) -> dict[str, Any]:
    """A Rasa configuration as it stands in a file."""
    config: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return config


def score(name: str, pipeline: Sequence[dict[str, Any]], data: Data) -> Score:
    """Trains a pipeline in a folder of its own and tests it in this process."""
    print(f"{name}: training ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        cost = _train(pipeline, data.train, Path(folder), RUN / f"bench-nlu-{name.lower()}.log")
        print(f"{name}: testing ...", flush=True)
        agent = load_agent(archive(Path(folder)))
    texts = [text for text, _ in data.test]
    timed_parses(agent, texts[:1] * _WARM_UP)
    parses, times = timed_parses(agent, texts)
    return Score(
        cost=cost,
        expected=tuple(intent for _, intent in data.test),
        understood=tuple(parsed["intent"]["name"] or "" for parsed in parses),
        guesses=tuple(map(_guess, parses)),
        times=tuple(times),
    )


def _train(pipeline: Sequence[dict[str, Any]], data: Path, folder: Path, log: Path) -> Cost:
    common = {key: read_config(CONFIG)[key] for key in ("recipe", "language", "assistant_id")}
    config = folder / "config.yml"
    config.write_text(yaml.safe_dump({**common, "pipeline": list(pipeline)}), encoding="utf-8")
    command = rasa("train", "nlu", "--config", str(config), "--nlu", str(data))
    # Started from this folder, so that the components are found.
    return train(command, folder, log, _TRAIN_SECONDS)


def _guess(parsed: dict[str, Any]) -> str:
    names = [parsed["intent"], *(parsed.get("intent_ranking") or ())]
    return next((str(item["name"]) for item in names if item["name"] != FALLBACK), FALLBACK)


def report(scores: dict[str, Score]) -> str:
    """All pipelines side by side."""
    columns = [dict(_figures(each)) for each in scores.values()]
    names = dict.fromkeys(name for column in columns for name in column)
    rows = [[name, *(column.get(name, "-") for column in columns)] for name in names]
    return table(["", *scores], rows)


def _figures(result: Score) -> Iterable[tuple[str, str]]:
    inside = [(wanted, got) for wanted, got in result.pairs if not _is_open(wanted)]
    outside = [got for wanted, got in result.pairs if _is_open(wanted)]
    best = zip(result.expected, result.guesses, strict=True)
    yield "test messages", str(len(result.expected))
    if inside:
        yield "accuracy, in scope", percent(share(wanted == got for wanted, got in inside))
        yield "  had it not asked back", percent(share(a == b for a, b in best if not _is_open(a)))
        yield "  asked back", percent(share(got == FALLBACK for _, got in inside))
    yield "macro F1, all labels", percent(_macro_f1(result))
    if outside:
        yield "out of scope: refused", percent(share(map(_is_open, outside)))
        yield "  asked back", percent(share(got == FALLBACK for got in outside))
        yield "in scope: falsely refused", percent(share(_is_open(got) for _, got in inside))
    yield "training, s", f"{result.cost.seconds:.0f}"
    yield "  peak memory, MB", f"{result.cost.peak_mb:.0f}"
    yield "ms a message, p50 / p95", spread(result.times)


def _is_open(intent: str) -> bool:
    return is_open(intent, OPEN_PREFIXES)


def _macro_f1(result: Score) -> float:
    labels = sorted(set(result.expected))
    options: dict[str, Any] = {"labels": labels, "average": "macro", "zero_division": 0}
    return float(f1_score(result.expected, result.understood, **options))


def _work(folder: Path | None, baseline: bool) -> None:
    if folder is None:
        raise CommandError("which data? Give DATA=folder, with train.yml and test.yml in it.")
    data = read_data(folder)
    scores = {"Own": score("Own", own_pipeline(), data)}
    if baseline:
        scores["Suggested"] = score(
            "Suggested", suggested_pipeline(data.has_retrieval_intents), data
        )
    print(f"\n{report(scores)}")


def main() -> int:
    """Command line: `python -m benchmarks.nlu FOLDER [--baseline]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="has train.yml and test.yml")
    parser.add_argument("--baseline", action="store_true", help="test Rasa's suggestion too")
    options = parser.parse_args()
    return guarded(lambda: _work(options.folder, options.baseline))


if __name__ == "__main__":
    sys.exit(main())
