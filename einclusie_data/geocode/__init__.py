"""An address -> a point, never a guess.

Face: `answer`, `ask`, `offers` (`geocode_offers`), `points`.
"""
