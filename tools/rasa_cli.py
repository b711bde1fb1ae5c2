"""Rasa's command line without the noise, and with what server/ changes of Rasa.

Plain `rasa` works as well; it prints what third parties print, and is as quick as stock Rasa.
"""

from __future__ import annotations

import os
import sys
import warnings

QUIET_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def main() -> None:
    """Runs `rasa` with this process's arguments."""
    os.environ.update(QUIET_ENVIRONMENT)
    warnings.simplefilter("ignore")
    import sanic.app  # noqa: F401  switches deprecation warnings on (sanic/app.py:120) ...

    warnings.simplefilter("ignore")  # ... so they are switched off after it
    from rasa.__main__ import main as rasa_main

    sys.path.insert(0, os.getcwd())
    if {"run", "shell"} & set(sys.argv[1:2]):
        from server import remote_action

        remote_action.install()
    rasa_main()


if __name__ == "__main__":
    main()
