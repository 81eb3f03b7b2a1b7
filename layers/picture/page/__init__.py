"""What stands round the map: layout, title, legend, claims, credits."""
