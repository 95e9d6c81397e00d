"""The page Waar eerst.

Face: `page`.
"""
