"""Rasa's command line without the noise, and with what server/ changes of Rasa.

Plain `rasa` works as well, and so does RASA_STOCK=all with this one (see server/changes.py): it is
as quick as stock Rasa then, and as silent where something fails.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from server import changes, no_tensorflow

QUIET_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def main() -> None:
    """Runs `rasa` with this process's arguments."""
    os.environ.update(QUIET_ENVIRONMENT)
    is_server = sys.argv[1:2] in (["run"], ["shell"])
    if is_server:
        os.umask(0o077)  # conversations and logs are nobody else's
        # Sanic takes in 100 MB by itself; `server.operations` allows webhooks much less.
        os.environ.setdefault("SANIC_REQUEST_MAX_SIZE", "1000000")
        # One message is too little work for several threads: waiting for more, they spend a quarter
        # of the processor time of a turn (`make capacity`).
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.path.insert(0, os.getcwd())
    command = sys.argv[1] if sys.argv[1:] else ""
    try:
        prepare(command, _config(sys.argv))
    except changes.UnknownChange as error:
        sys.exit(f"make: {error}")
    from rasa.__main__ import main as rasa_main

    changes.install(command)
    if is_server:
        from server import inherited_socket

        inherited_socket.install()
    rasa_main()


def prepare(command: str, config: Path) -> None:
    """Lets Rasa be imported without noise, and without TensorFlow where nothing needs that.

    Args:
        command: of Rasa's command line.
        config: its configuration.

    Raises:
        UnknownChange: if the environment leaves out what is no change.
    """
    needed = {"no_tensorflow"} if no_tensorflow.is_needed(config) else set()
    changes.install(command, is_first=True, besides=needed)
    if command == "data":
        return  # what `rasa data validate` finds it says as warnings
    warnings.simplefilter("ignore")
    import sanic.app  # noqa: F401  switches deprecation warnings on (sanic/app.py:120) ...

    warnings.simplefilter("ignore")  # ... so they are switched off after it


def _config(arguments: Sequence[str]) -> Path:
    """The configuration that Rasa will take from these arguments."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-c", "--config", default="config.yml")
    return Path(parser.parse_known_args(arguments)[0].config)


if __name__ == "__main__":
    main()
