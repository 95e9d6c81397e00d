"""The page Aanbod.

Face: `card`, `choice`, `listing`.
"""
