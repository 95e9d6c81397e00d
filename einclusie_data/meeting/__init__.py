"""A meeting before, during and after: network, preparation, presentation, report, message, calendar.

Face: `document`, `meetings`, `message`, `network`, `prepare`, `presentation`, `sections`.
"""
