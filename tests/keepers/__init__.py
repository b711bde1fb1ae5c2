"""The keepers' commands, on conversations held with the real assistant."""
