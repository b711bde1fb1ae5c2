"""Understanding: what a message asks, and whether the source answers it. No Rasa in here."""
