"""The page Datakwaliteit.

Face: `page`.
"""
