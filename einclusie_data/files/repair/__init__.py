"""The trekker's own workbook with what to do in it, otherwise as it was.

Face: `workbook` (`repair_workbook`, `Repair`, `how_to_use`).
"""
