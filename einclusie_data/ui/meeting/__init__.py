"""The pages Bijeenkomst, Netwerk and Presentatie.

Face: `page`, `network`, `presentation`.
"""
