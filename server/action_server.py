"""What operators see of the action server: logs, figures, ids of requests. Without Rasa."""

from __future__ import annotations

import json
import logging
import time
from contextlib import suppress
from http import HTTPStatus

import pluggy
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from server import logs, metrics

logger = logging.getLogger("assistant.actions")
_hook = pluggy.HookimplMarker("rasa_sdk")


@_hook
def attach_sanic_app_extensions(app: Sanic) -> None:
    """Sets up logs and figures as the environment says; called by Rasa's SDK as it starts."""
    logs.configure()
    metrics.serve("ACTIONS_METRICS_PORT")
    logs.follow_requests(app)
    app.register_middleware(_time, "request")
    app.register_middleware(_note, "response")


async def _time(request: Request) -> None:
    request.ctx.started = time.perf_counter()


async def _note(request: Request, response: HTTPResponse) -> None:
    started = getattr(request.ctx, "started", None)
    if request.path != "/webhook" or started is None:
        return
    seconds, outcome = time.perf_counter() - started, _outcome(response)
    metrics.action(outcome, seconds)
    fields = {"seconds": round(seconds, 4), "outcome": outcome}
    shown = " ".join(f"{name}={value}" for name, value in fields.items())
    logger.info("action %s", shown, extra=fields)


def _outcome(response: HTTPResponse) -> str:
    """How a call ended; an apology is a proper reply, so its kind is looked at."""
    if response.status != HTTPStatus.OK:
        return "error"
    with suppress(ValueError, AttributeError, TypeError):
        said = json.loads(response.body or b"").get("responses") or []
        if any(each.get("kind") == "apology" for each in said):
            return "apology"
    return "ok"
