"""What leaves the house: workbooks, in `maps` the maps, in `paper` the printed documents.

Face: `gap_xlsx`, `todo_xlsx`, `maps.maps`, `maps.colourings`, `paper.wijkfiche`.
"""
