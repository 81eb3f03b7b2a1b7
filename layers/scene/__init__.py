"""A corridor with every look resolved, and a view applied to it: what renderers read.

Public are `alt_text`, `base_places`, `by_hand`, `compare`, `credits`, `headline`, `labels`,
`legend`, `letter_signs`, `looks`, `prices`, `resolve`, `scene`, `signs`, `timeline` and `view`; the
rest is the room's own.
"""
