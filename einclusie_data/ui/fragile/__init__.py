"""The page Kwetsbaar.

Face: `page`.
"""
