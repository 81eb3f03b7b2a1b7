"""Lines, letters and shapes on a canvas.

Public are `box`, `canvas`, `claim_signs`, `embedded_fonts`, `fonts`, `inks`, `shapes` and
`web_fonts`; the rest is the room's own.
"""
