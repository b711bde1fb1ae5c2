"""Thin Rasa components around the modules of `nlu`."""
