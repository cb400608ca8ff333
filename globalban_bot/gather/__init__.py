"""READS: a live wiki, or a saved one. Nothing here writes to a wiki, and nothing here decides.

What asks a wiki raises ``WikiError`` where the wiki gives no answer, or an odd one; a docstring speaks of
that only where it is otherwise. ``wikis`` asks, ``server`` is the address of a wiki as
``https://en.wikipedia.org``, ``bot`` the name of the bot's account, ``now`` the moment of the run (UTC).
``folder`` is that of the cache, or None where nothing is kept; ``pending`` tells what in a text becomes
something else at the next edit.
"""
