"""The web chat's server side: an HTTP channel for Rasa."""

from channels.webchat.channel import WebChat

__all__ = ["WebChat"]
