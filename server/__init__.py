"""What the Rasa server needs beyond stock Rasa: each module changes one thing of it."""
