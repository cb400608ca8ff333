"""WRITES: what was decided goes to a wiki, or to a folder."""
