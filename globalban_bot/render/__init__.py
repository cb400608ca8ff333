"""Verdicts to pages: wikitext, HTML, terminal, JSON. All escaping lives here."""
