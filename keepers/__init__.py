"""What the assistant's keepers work with: conversations in, better content and data out."""
