"""Hiatenkaart e-inclusie Antwerpen: where and for whom is digital help still missing, and what is unknown."""
