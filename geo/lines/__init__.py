"""Lines along and against each other: joined, followed, measured."""
