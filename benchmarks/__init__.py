"""Measurements that are too slow or too noisy for the tests."""
