"""READS: a live wiki, or a saved one. Nothing here writes, and nothing here decides."""
