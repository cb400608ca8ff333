"""Notices: targets, plan, gate, delivery."""
