"""Found by Rasa's SDK under this name (rasa_sdk/plugin.py) when it starts the action server."""

from __future__ import annotations

from pluggy import PluginManager


def init_hooks(manager: PluginManager) -> None:
    """Adds what operators see of the action server."""
    from server import action_server

    manager.register(action_server)
