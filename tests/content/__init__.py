"""The content folder: that it loads, and that every fault in it is told."""
