"""The page Methodieken.

Face: `page`.
"""
