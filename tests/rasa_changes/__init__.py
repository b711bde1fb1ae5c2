"""What server/ changes of Rasa, and what of Rasa it relies on."""
