"""Public facts -> the starter workbook.

Face: `workbook` (`write_starter`).
"""
