"""Pictures, books, data and pages of a corridor, asked for by page or command."""
