"""Bytes of a workbook -> raw sheets of text; what a hostile file does, it does in a child process.

Face: `kinds`, `lines`, `workbook` (`read_workbook`, `in_own_process`, `stoppable`), `worker`, `xlsx`.
"""
