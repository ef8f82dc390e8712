"""The program's side: facts of its run, and the watch over its host. Only the user's process."""
