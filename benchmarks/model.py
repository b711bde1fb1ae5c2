"""Asks a trained model in this process, as the server would, without the server."""

from __future__ import annotations

import asyncio
import logging
import os
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tools.rasa_cli import QUIET_ENVIRONMENT

Parse = Callable[[str], dict[str, Any]]


def load_agent(path: Path) -> Any:
    """Rasa's agent of a trained model, loaded without the noise."""
    quieten()
    from rasa.core.agent import Agent

    return Agent.load(str(path))


def quieten() -> None:
    """Switches off what third parties print (see tools/rasa_cli.py), before Rasa is used.

    Without its command line Rasa logs every text that it parses to standard output.
    """
    os.environ.update(QUIET_ENVIRONMENT)
    warnings.simplefilter("ignore")
    import sanic.app  # noqa: F401  switches deprecation warnings on (sanic/app.py:120) ...
    from rasa.utils.log_utils import configure_structlog

    warnings.simplefilter("ignore")  # ... so they are switched off after it
    configure_structlog(logging.ERROR)


def classifier_of(agent: Any) -> Parse:
    """A function that finds intent, roles and refusal of one text by itself, and reads nothing.

    That is the pipeline up to the classifier; the reader behind it takes most of a message's time.
    """
    from rasa.core.channels.channel import UserMessage
    from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
    from rasa.shared.core.trackers import DialogueStateTracker

    from nlu.components.intent_classifier import FaqIntentClassifier

    runner, alone = agent.processor.graph_runner, DialogueStateTracker.from_events("", [])
    (node,) = (
        name
        for name, each in runner._graph_schema.nodes.items()
        if each.uses is FaqIntentClassifier and each.fn == "process"
    )

    def classify(text: str) -> dict[str, Any]:
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: alone}
        (message,) = runner.run(inputs, [node])[node]
        result: dict[str, Any] = message.as_dict(only_output_properties=True)
        return result

    return classify


def timed_parses(agent: Any, texts: Sequence[str]) -> tuple[list[dict[str, Any]], list[float]]:
    """What an agent makes of each text, and how many milliseconds each took."""

    async def run() -> tuple[list[dict[str, Any]], list[float]]:
        parses, times = [], []
        for text in texts:
            started = time.perf_counter()
            parses.append(await agent.parse_message(text))
            times.append(1000 * (time.perf_counter() - started))
        return parses, times

    return asyncio.run(run())


def spread(times: Sequence[float]) -> str:
    """Median and 95th percentile, in the unit given."""
    middle, high = np.percentile(times, [50, 95])
    return f"{middle:.1f} / {high:.1f}"
