"""The page Aanbod.

Face: `list`.
"""
