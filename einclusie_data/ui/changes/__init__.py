"""The page Veranderingen, with Verloop.

Face: `page`, `timeline`, `view`.
"""
