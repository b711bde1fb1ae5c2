"""The one action: it carries out what was decided, and phrases it."""
