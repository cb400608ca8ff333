"""A real MediaWiki farm on the loopback interface, for tests and to look at."""
