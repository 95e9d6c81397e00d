"""The build tool: raw layers -> `data/`, the template and the starter workbook. The app never imports it.

Face: `build` (`rebuild_reference`), `starter.workbook`, `template` (`template_bytes`).
"""
