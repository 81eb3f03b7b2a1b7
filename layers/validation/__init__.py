"""What is wrong with a corridor's folder, where, and what to do about it."""
