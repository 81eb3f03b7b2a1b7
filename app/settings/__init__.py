"""What an operator decides: settings, limits, connections to the outside."""
