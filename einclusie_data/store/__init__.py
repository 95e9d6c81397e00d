"""What is kept for ever: versions, decisions, scenarios, notes and people; in `access`, who may write.

Face: `store` (`Store`, `open_store`, `has_store`), `decision_record`, `decision_steps`, `access`.
"""
