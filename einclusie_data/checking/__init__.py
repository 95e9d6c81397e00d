"""Raw sheets -> a checked workbook, and every problem with its sheet, row and column.

Face: `duplicates`, `header_matches`, `headers`, `offers`, `rows`, `workbook` (`check_workbook`).
"""
