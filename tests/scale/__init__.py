"""A company's stacks and accounts side by side: `make scale`."""
