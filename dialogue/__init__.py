"""What a message does, given what was said before: no Rasa, and no word of the visitor."""
