"""Hiatenkaart e-inclusie Antwerpen: where and for whom is digital help still missing, and what is unknown."""

import os

__version__ = "1.6.0"
"""The version of the product: the newest heading of CHANGELOG.md. Everything that tells a version reads it here."""

# Documents bring lxml along, and openpyxl would then use it, without the protection that defusedxml gives (DESIGN §6).
os.environ.setdefault("OPENPYXL_LXML", "False")
