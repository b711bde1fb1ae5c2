"""The bots that are measured side by side: this one, Rasa's suggestion, and the least there is."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.nlu import CONFIG, read_config, suggested_pipeline
from benchmarks.processes import Cost
from benchmarks.serving import Running, own_endpoints, running
from benchmarks.training import archive, train
from content.loader import load
from nlu.made_examples import model_words
from tools import launch
from tools.train import digest, inputs, is_intact

KEPT = launch.RUN / "bench-suggested"
_TRAIN_SECONDS = 6 * 3600.0
_PLAIN_RASA = (sys.executable, "-m", "rasa")

# A rule, a custom action, an utterance; whatever has the word in it is understood.
_BARE_WORD = "hello"
_BARE_FILES = {
    "config.yml": """
        recipe: default.v1
        language: en
        assistant_id: bare
        pipeline:
          - name: KeywordIntentClassifier
        policies:
          - name: RulePolicy
    """,
    "domain.yml": """
        version: "3.1"
        intents: [ask]
        actions: [action_answer]
    """,
    "data/nlu.yml": f"""
        version: "3.1"
        nlu:
          - intent: ask
            examples: |
              - {_BARE_WORD}
              - {_BARE_WORD} there
    """,
    "data/rules.yml": """
        version: "3.1"
        rules:
          - rule: answer
            steps:
              - intent: ask
              - action: action_answer
    """,
    "actions.py": """
        from rasa_sdk import Action


        class Answer(Action):
            def name(self):
                return "action_answer"

            def run(self, dispatcher, tracker, domain):
                dispatcher.utter_message(text="This is the one answer.")
                return []
    """,
}


@dataclass(frozen=True)
class Bot:
    """A bot that can be trained and started.

    Attributes:
        name: heads its column.
        folder: of its own: model, conversations, and what it is made from.
        rasa: command line of Rasa, without a subcommand.
        training: options of `rasa train`.
        credentials: file of its channels, REST among them.
        endpoints: what its endpoints.yml says, but for the action server's address.
        home: folder that it runs in, with its package `actions`; this one if None.
        first_word: has to begin each message.
        kept_in: where its model is kept from one benchmark to the next; nowhere if None.
        digest: of what its model is made from.
    """

    name: str
    folder: Path
    rasa: tuple[str, ...]
    training: tuple[str, ...]
    credentials: Path
    endpoints: dict[str, Any]
    home: Path | None = None
    first_word: str = ""
    kept_in: Path | None = None
    digest: str = ""

    @contextlib.contextmanager
    def running(self, model: Path) -> Iterator[Running]:
        """Starts its two servers, and ends them."""
        command = [*self.rasa, "run", "--model", str(model), "--credentials", str(self.credentials)]
        with running(command, self.endpoints, self.folder, self.home) as servers:
            yield servers


@dataclass(frozen=True)
class Training:
    """A trained model.

    Attributes:
        model: its archive.
        cost: what training took.
        is_kept: whether it was trained for an earlier benchmark.
    """

    model: Path
    cost: Cost
    is_kept: bool = False


def own(folder: Path) -> Bot:
    """This assistant as `make serve` starts it."""
    endpoints = own_endpoints()
    endpoints["tracker_store"]["db"] = str(folder / "conversations.db")
    return Bot(
        name="Own",
        folder=folder,
        rasa=tuple(launch.rasa()),
        training=("--force",),
        credentials=Path("credentials.yml"),
        endpoints=endpoints,
    )


def suggested(folder: Path, epochs: int) -> Bot:
    """The same training data and actions under the pipeline that Rasa suggests, with plain Rasa.

    Rules are all that the data has of dialogues, so RulePolicy is the one policy.
    """
    ours = read_config(CONFIG)
    config = {key: ours[key] for key in ("recipe", "language", "assistant_id", "importers")}
    pipeline = suggested_pipeline(has_retrieval_intents=False)
    whole = max(item.get("epochs", 0) for item in pipeline)
    config["pipeline"] = [
        {**item, "epochs": epochs} if "epochs" in item else item for item in pipeline
    ]
    config["policies"] = [{"name": "RulePolicy"}]
    text = yaml.safe_dump(config)
    path = folder / "config.yml"
    path.write_text(text, encoding="utf-8")
    return Bot(
        name="Suggested" if epochs == whole else f"Suggested ({epochs} of {whole} epochs)",
        folder=folder,
        rasa=_PLAIN_RASA,
        training=("--config", str(path)),
        credentials=_rest(folder),
        endpoints=_stock_endpoints(folder),
        kept_in=KEPT / str(epochs),
        digest=digest([*model_words(load()), text], _suggested_inputs()),
    )


def _suggested_inputs() -> Iterator[Path]:
    # Training takes so long that it should not depend on what belongs to this pipeline alone.
    own = {"nlu", "reading"}
    yield from (Path("nlu") / name for name in ("importer.py", "made_examples.py"))
    yield from (path for path in inputs() if path != CONFIG and path.parts[0] not in own)


def bare(folder: Path) -> Bot:
    """The floor: what a turn with a custom action costs in Rasa, whatever the bot."""
    for name, text in _BARE_FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return Bot(
        name="Bare",
        folder=folder,
        rasa=_PLAIN_RASA,
        training=(),
        credentials=_rest(folder),
        endpoints=_stock_endpoints(folder),
        home=folder,
        first_word=_BARE_WORD,
    )


def _rest(folder: Path) -> Path:
    path = folder / "credentials.yml"
    path.write_text("rest:\n", encoding="utf-8")
    return path


def _stock_endpoints(folder: Path) -> dict[str, Any]:
    store = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "conversations.db")}
    return {"tracker_store": store}


def trained(bot: Bot) -> Training:
    """Trains a bot, or takes the model that an earlier benchmark made from the same.

    Raises:
        CommandError: if training fails.
    """
    kept = _find_kept(bot)
    if kept:
        return kept
    command = [*bot.rasa, "train", "--skip-validation", *bot.training]
    log = launch.RUN / f"bench-train-{bot.folder.name}.log"
    training = Training(
        archive(bot.folder), train(command, bot.folder, log, _TRAIN_SECONDS, bot.home)
    )
    if bot.kept_in:
        _keep(training, bot.kept_in, bot.digest)
    return training


def _find_kept(bot: Bot) -> Training | None:
    if bot.kept_in is None:
        return None
    model = archive(bot.kept_in)
    try:
        note = json.loads(_note(bot.kept_in).read_text(encoding="utf-8"))
        found = Training(model, Cost(**note["cost"]), is_kept=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if note.get("digest") == bot.digest and is_intact(model) else None


def _keep(training: Training, folder: Path, made_from: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _note(folder).unlink(missing_ok=True)  # written last, so that it never describes another model
    shutil.copyfile(training.model, archive(folder))
    note = {"digest": made_from, "cost": asdict(training.cost)}
    _note(folder).write_text(json.dumps(note), encoding="utf-8")


def _note(folder: Path) -> Path:
    return folder / "note.json"
