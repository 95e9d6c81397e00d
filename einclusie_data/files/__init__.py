"""Hostile bytes in, safe bytes out.

Face: `read.workbook`, `repair.workbook`, and the modules of `write`.
"""
