"""Custom actions: they look content up and phrase it."""
