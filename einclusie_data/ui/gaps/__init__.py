"""The pages Start, Hiatenkaart, Hiatenmatrix and Uitleg.

Face: `cell`, `documents`, `explanation`, `start`, `wijk_map`.
"""
