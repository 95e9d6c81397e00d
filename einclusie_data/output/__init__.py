"""What leaves the house: workbooks, in `maps` the maps, in `paper` the printed documents.

Face: `gap_xlsx`, `maps.colourings`, `maps.leaflet`, `maps.maps`, `paper.material`, `paper.paper`, `paper.sheet`,
`todo_xlsx`.
"""
