"""The page Beheer.

Face: `page`, `upload`.
"""
