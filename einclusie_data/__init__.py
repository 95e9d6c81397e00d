"""Hiatenkaart e-inclusie Antwerpen: where and for whom is digital help still missing, and what is unknown."""

import os

# Documents bring lxml along, and openpyxl would then use it, without the protection that defusedxml gives (DESIGN §6).
os.environ.setdefault("OPENPYXL_LXML", "False")
