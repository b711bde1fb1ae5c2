"""Rasa channels of this assistant: the web chat, and the files that it needs in a page."""
