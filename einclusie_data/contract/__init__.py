"""The words, codes, thresholds, errors and shapes that every room shares.

Its modules are its face.
"""
