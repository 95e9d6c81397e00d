"""Dates, and days and hours as people write them -> values.

Face: `dates`, `when`.
"""
