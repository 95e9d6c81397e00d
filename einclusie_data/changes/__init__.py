"""Two datasets -> which rows are the same, which cells say something else, which gaps opened or closed.

Face: `compare` (`Changes`, `changes_of`), `gaps`, `matching`, `meanings`, `words`.
"""
