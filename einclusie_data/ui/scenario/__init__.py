"""The page Wat als.

Face: `page`, `state`.
"""
