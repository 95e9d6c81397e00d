"""A checked workbook and a question -> verdicts and the gap table (DESIGN §4).

Face: `dataset` (`Dataset`, `load_dataset`, …), `gaps`, `locate`, `coverage`, `conditions`, `needs`, `public`.
"""
