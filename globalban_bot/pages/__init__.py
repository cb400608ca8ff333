"""Pages that the bot owns, one file for each kind: title, facts, wikitext, and reading it back."""
