"""Place labels where there is room: geometry in px that knows no feature and draws nothing.

Public are `areas`, `block`, `meeting`, `offer`, `place`, `room` and `spots`; the rest is the room's
own.
"""
