"""Talks to the trained assistant in this process: Rasa and the actions, without a server."""

from __future__ import annotations

import asyncio
import logging
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.place import config
from tools.rasa_cli import QUIET_ENVIRONMENT, prepare

_DECISIONS = "actions.action"  # the logger that says what was decided
_BY = " by "


@dataclass(frozen=True)
class Exchange:
    """A message, what the model made of it, and the replies as the web chat gets them.

    `decided` is the decision as it is logged: the acts, which row of the table decided on them,
    and the scores.
    """

    text: str
    parsed: dict[str, Any]
    decided: str
    replies: Sequence[dict[str, Any]]

    @property
    def acts(self) -> list[str]:
        """The acts that were carried out."""
        acts, _, _ = self.decided.rpartition(_BY)
        return acts.split("; ") if acts else []

    @property
    def verdict(self) -> str | None:
        """The first verdict among the replies."""
        return next((each["verdict"] for each in self.replies if each["verdict"]), None)

    @property
    def statements(self) -> list[str]:
        """Ids of the statements that the replies told."""
        return list(dict.fromkeys(one for each in self.replies for one in each["statements"]))

    @property
    def reply(self) -> str:
        """Text of the replies."""
        return "\n".join(each["text"] for each in self.replies)


class Assistant:
    """The assistant with a model.

    Args:
        model: its archive.
    """

    def __init__(self, model: Path) -> None:
        os.environ.update(QUIET_ENVIRONMENT)
        prepare("shell", config())
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)
        self._decisions = _Decisions()
        self._agent = Agent.load(str(model), action_endpoint=actions_here())

    def talk(self, texts: Sequence[str]) -> list[Exchange]:
        """Says each text, one after the other, as one new visitor of the web chat does."""
        return asyncio.run(self._talk(texts))

    async def _talk(self, texts: Sequence[str]) -> list[Exchange]:
        from rasa.core.channels.channel import UserMessage

        from channels.webchat.replies import NAME, ReplyCollector

        sender, exchanges = uuid.uuid4().hex, []
        for text in texts:
            output = ReplyCollector()
            self._decisions.last = ""
            await self._agent.handle_message(UserMessage(text, output, sender, input_channel=NAME))
            tracker = await self._agent.tracker_store.retrieve(sender)
            parsed = tracker.latest_message.parse_data
            exchanges.append(Exchange(text, parsed, self._decisions.last, output.replies))
        return exchanges


class _Decisions(logging.Handler):
    """Takes down what the actions log of their decisions."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.last = ""
        logger = logging.getLogger(_DECISIONS)
        logger.setLevel(logging.INFO)
        logger.propagate = False
        logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a decision; shows anything worse."""
        if record.levelno > logging.INFO:
            logging.lastResort.handle(record) if logging.lastResort else None
        else:
            self.last = record.getMessage().partition(": ")[2]


def actions_here() -> Any:
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
