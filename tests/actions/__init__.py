"""The custom actions, run as Rasa's server would run them."""
