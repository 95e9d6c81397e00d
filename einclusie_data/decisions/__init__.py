"""What a network decided: what fits it, who can do it, and whether it is already there.

Face: `done`, `history`, `partners`, `place`, `table`, `words`.
"""
