"""Rasa's command line without the noise: no telemetry, no warnings, no TensorFlow log lines.

Plain `rasa` works as well; this only spares a visitor's terminal what third parties print.
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
    rasa_main()


if __name__ == "__main__":
    main()
