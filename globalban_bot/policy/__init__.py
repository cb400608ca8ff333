"""Dated policy as data: loaded strictly, by version, with proposals as overlays."""
