"""Messages, one JSON file a language, in the format of translatewiki.net (banana)."""
