"""What the Makefile's targets run: training and starting the assistant."""
