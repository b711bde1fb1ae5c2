"""Tests of what a message is taken to do."""
