"""Reads what a visitor says against single statements of an article. Knows no Rasa.

Candidates (reading/candidates.py), then a small cross-encoder that learnt on a hundred articles
what a statement is to a message (reading/reader.py), then a verdict on the whole
(reading/verdict.py).
"""
