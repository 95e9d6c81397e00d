"""A checked workbook and a question -> verdicts and the gap table (DESIGN §4).

Face: `conditions`, `coverage`, `dataset` (`Dataset`, `load_dataset`, …), `gap_table`, `gaps`, `judgement`, `locate`,
`measures`, `needs`, `public`.
"""
