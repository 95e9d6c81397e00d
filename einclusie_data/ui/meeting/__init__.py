"""The pages Bijeenkomst, Netwerk and Presentatie.

Face: `network`, `page`, `presentation`.
"""
