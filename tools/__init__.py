"""What the project needs around the package: its engine and its demonstration."""
