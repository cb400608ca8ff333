"""Dated policy as data."""
