"""An uploaded draft -> a published version; what was known then; gaps over the versions.

Face: `draft`, `history`, `knowledge`.
"""
