"""The folder `data/` -> wijken, people, demand points, names, coordinates and sources.

Face: `areas` (`Areas`, `load_areas`, `attribution`, `near_city`), `coordinates`, `names` (`WijkNames`), `provenance`,
`tables`.
"""
