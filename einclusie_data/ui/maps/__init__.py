"""Layers of a dataset on a map.

Face: `layers`.
"""
