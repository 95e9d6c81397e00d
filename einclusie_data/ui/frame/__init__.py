"""What every page does first and last: look, menu, filters, URL, data, who is signed in, long work.

Face: its modules.
"""
