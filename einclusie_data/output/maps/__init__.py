"""Rows of the gap table -> layers of a map: colours, symbols, outlines.

Face: `colourings`, `leaflet`, `maps`.
"""
