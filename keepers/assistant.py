"""Talks to the trained assistant in this process: Rasa and the actions, without a server."""

from __future__ import annotations

import asyncio
import logging
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.rasa_cli import QUIET_ENVIRONMENT

_SENDER = "preview"


@dataclass(frozen=True)
class Exchange:
    """A message, what the model made of it, and the replies as a channel gets them."""

    text: str
    parsed: dict[str, Any]
    replies: Sequence[dict[str, Any]]


def converse(model: Path, texts: Sequence[str]) -> list[Exchange]:
    """Says each text to the model, one after the other, as one visitor does."""
    os.environ.update(QUIET_ENVIRONMENT)
    warnings.simplefilter("ignore")
    import sanic.app  # noqa: F401  switches deprecation warnings on (sanic/app.py:120) ...

    warnings.simplefilter("ignore")  # ... so they are switched off after it
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)

    async def talk() -> list[Exchange]:
        agent = Agent.load(str(model), action_endpoint=_endpoint())
        exchanges = []
        for text in texts:
            output = CollectingOutputChannel()
            await agent.handle_message(UserMessage(text, output, _SENDER, input_channel="rest"))
            tracker = await agent.tracker_store.retrieve(_SENDER)
            parsed = tracker.latest_message.parse_data
            exchanges.append(Exchange(text, parsed, output.messages))
        return exchanges

    return asyncio.run(talk())


def _endpoint() -> Any:
    """An action endpoint that runs the actions here instead of asking a server for it.

    rasa/core/actions/action.py, `RemoteAction.run`, asks nothing of it but `request`.
    """
    from rasa.utils.endpoints import EndpointConfig
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")

    class InProcess(EndpointConfig):
        """Answers as the action server would."""

        async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
            """The result of the action that is asked for."""
            return await executor.run(json)

    return InProcess("in-process")
