"""The page Aanbod.

Face: `listing`.
"""
