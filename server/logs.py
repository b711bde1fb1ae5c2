"""Logs that machines read, and that hold no word of a visitor."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Any

import structlog
from sanic import Sanic
from sanic.request import Request

from server import request_ids

# Whether a visitor is being served, here or in what was started from here.
_SERVING: ContextVar[bool] = ContextVar("serving", default=False)
# Whose lines hold no words of visitors; everybody else's are cut down while one is served.
_OWN = {"actions", "assistant", "channels", "content", "dialogue", "nlu", "reading", "server"}


# What every record has (logging.LogRecord); the rest was given as `extra`.
_CUT = "_cut"  # of a record that was cut down: every handler's filter sees it
_COMMON = {*vars(logging.makeLogRecord({})), "message", "asctime", _CUT}


class JsonFormatter(logging.Formatter):
    """One JSON object a line.

    Of an exception it shows the kind and where it came from; its message may quote a visitor.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        moment = datetime.fromtimestamp(record.created, timezone.utc)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_ids.current():
            line["request"] = request_ids.current()
        line |= {name: value for name, value in vars(record).items() if name not in _COMMON}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, default=str)


class WordsOut(logging.Filter):
    """Lets others' lines of a visitor's request tell where they come from, and nothing else.

    Rasa quotes what it cannot read, such as a message that begins with a slash
    (rasa/shared/core/training_data/story_reader/yaml_story_reader.py, `unpack_regex_message`), and
    so do the messages of many exceptions. What asyncio logs may come from anywhere.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record pass, some of them shortened."""
        package = record.name.partition(".")[0]
        if package in _OWN or not (_SERVING.get() or package == "asyncio"):
            return True
        if hasattr(record, _CUT):
            return True
        setattr(record, _CUT, True)
        failure = record.exc_info[0] if record.exc_info else None
        what = f": {failure.__name__}" if failure else ""
        record.msg, record.args = f"{record.module}:{record.lineno} {record.funcName}{what}", ()
        record.exc_info = record.exc_text = record.stack_info = None
        for name in set(vars(record)) - _COMMON:
            delattr(record, name)
        return True


def follow_requests(app: Sanic) -> None:
    """Gives each request its id, and cuts others' lines down while it is served (`WordsOut`)."""
    app.register_middleware(begin, "request")


async def begin(request: Request) -> None:
    """Middleware: from here on what is logged belongs to a request."""
    request_ids.begin(request.headers.get(request_ids.HEADER))
    _SERVING.set(True)


def configure() -> None:
    """Sets up this process's logs: JSON if LOG_FORMAT is "json", else as Rasa writes them.

    Rasa logs some things through structlog with the visitor's text beside them, such as a message
    that failed (rasa/core/channels/rest.py); in either format only the name of the event is kept.
    """
    logging.captureWarnings(True)  # else they go to the terminal, as they are
    for handler in logging.getLogger().handlers:
        handler.addFilter(WordsOut())
    structlog.configure(
        processors=[_without_values, structlog.stdlib.render_to_log_kwargs],
        context_class=dict,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLogger().level),
        cache_logger_on_first_use=True,
    )
    if os.environ.get("LOG_FORMAT") == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonFormatter())


def _without_values(_: Any, method: str, event: structlog.types.EventDict) -> dict[str, Any]:
    name = str(event.get("event"))
    failure = sys.exc_info()[0] if event.get("exc_info") or method == "exception" else None
    return {"event": f"{name}: {failure.__name__}" if failure else name}
