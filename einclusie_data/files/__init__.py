"""Hostile bytes in, safe bytes out.

Face: `read.workbook`, `repair.workbook`, `write.book`, `write.cells`, `write.pdf`, `write.printable`, `write.tables`,
`write.word`.
"""
