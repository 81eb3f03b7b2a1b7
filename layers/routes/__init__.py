"""Routes laid out in kilometres: legs, places, gaps, and what is usable at a date."""
