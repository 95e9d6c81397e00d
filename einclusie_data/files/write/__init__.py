"""Tables and texts -> CSV, JSON, Excel, Word and PDF that are safe to open.

Face: `tables`, `book`, `cells`, `word`, `pdf`, `printable`.
"""
