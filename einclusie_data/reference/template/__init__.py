"""Schema and lists -> the empty workbook with help and examples that do not count.

Face: `book` (`template_bytes`).
"""
