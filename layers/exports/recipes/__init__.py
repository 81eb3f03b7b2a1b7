"""What a snapshot was made of, written into it and read back from it."""
