"""What is kept for ever: versions, decisions, scenarios, notes and people; in `access`, who may write.

Face: `access.desk`, `access.guard`, `access.oidc`, `decision_record`, `notes`, `people`, `scenarios`, `signing`,
`store` (`Store`, `open_store`, `has_store`), `versions`.
"""
