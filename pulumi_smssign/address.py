"""The sandbox's default address, for the clients, the sandbox and the command alike."""

SANDBOX_PORT = 8725
SANDBOX_URL = f"http://127.0.0.1:{SANDBOX_PORT}"
