"""The command line: options, commands, exit codes. It wires the jobs to the person who runs them."""
