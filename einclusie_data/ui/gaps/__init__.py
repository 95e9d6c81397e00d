"""The pages Start, Hiatenkaart, Hiatenmatrix and Uitleg.

Face: `start`, `wijk_map`, `cell`, `explanation`.
"""
