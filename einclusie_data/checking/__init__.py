"""Raw sheets -> a checked workbook, and every problem with its sheet, row and column.

Face: `workbook` (`check_workbook`), `clean_tables`, `header_matches`, `duplicates`.
"""
