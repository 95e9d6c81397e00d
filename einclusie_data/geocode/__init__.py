"""An address -> a point, never a guess.

Face: `offers` (`geocode_offers`), `points`, `client`, `query`.
"""
