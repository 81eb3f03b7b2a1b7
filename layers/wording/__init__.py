"""What every room says the same way: words, numbers, units, visible control characters."""
