"""A meeting before, during and after: network, preparation, presentation, report, message, calendar.

Face: `prepare`, `report`, `message`, `ics`, `document`, `network`, `presentation`.
"""
