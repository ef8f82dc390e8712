"""The package's version, for the clients, the sandbox and the command alike."""

__version__ = "0.1.0"
