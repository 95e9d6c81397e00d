"""The page Beheer.

Face: `page`.
"""
