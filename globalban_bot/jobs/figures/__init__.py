"""Figures over closed requests, and for the operator alone."""
