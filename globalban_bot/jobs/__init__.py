"""One file a job: it wires the rooms, and is given its source and its writer."""
