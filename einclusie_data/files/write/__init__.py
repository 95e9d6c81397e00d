"""Tables and texts -> CSV, JSON, Excel, Word and PDF that are safe to open.

Face: `book`, `cells`, `pdf`, `printable`, `tables`, `word`.
"""
