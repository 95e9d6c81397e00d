"""Questions about one dataset, one per module: why, which offers, which methods, what is unknown, how good is it.

Its modules are its face.
"""
