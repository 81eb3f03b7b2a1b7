"""Lines, letters and shapes on a canvas.

Public are `box`, `canvas`, `claim_signs`, `embedded_fonts`, `fonts`, `shapes` and `web_fonts`; the
rest is the room's own.
"""
