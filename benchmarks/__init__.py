"""Measurements of the assistant, and what they are measured against."""
