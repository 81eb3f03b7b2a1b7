"""Read, check and measure geometry. Draws nothing; knows no article and no user."""
