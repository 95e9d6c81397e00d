"""What every page does first and last: look, menu, filters, URL, data, who is signed in, long work.

Face: `account`, `data`, `filters`, `front`, `job`, `navigate`, `page`, `published`, `sign_in`, `trekker_files`,
`url_state`.
"""
