"""What only the user's process needs: the facts of its run, and the watch over its host."""
