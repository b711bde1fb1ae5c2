"""Training of the reader and of its retriever, with PyTorch: `make reader`."""
