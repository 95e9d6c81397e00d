"""What would be lost if one offer stopped.

Face: `offers` (`fragile_offers`), `words`.
"""
