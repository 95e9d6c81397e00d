"""Bytes of a workbook -> raw sheets of text; what a hostile file does, it does in a child process.

Face: `workbook` (`read_workbook`, `in_own_process`, `stoppable`); `sheet` has the shapes.
"""
