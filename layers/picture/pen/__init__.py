"""Lines, letters and shapes on a canvas."""
