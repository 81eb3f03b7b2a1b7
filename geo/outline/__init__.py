"""The world below a map: its outline cut to an extent, its waters, its places."""
