"""The parts that understand a message, each by itself."""
