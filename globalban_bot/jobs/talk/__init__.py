"""Answers on talk pages: what is heard, what is answered."""
