"""The sandbox's address and token, for the clients, the sandbox and the command alike."""

import os
import stat
from pathlib import Path

SANDBOX_PORT = 8725
SANDBOX_URL = f"http://127.0.0.1:{SANDBOX_PORT}"


def token_file(port: int) -> Path:
    """The file, the user's own, in which the sandbox on a port leaves its token for the command."""
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    return home / "smssign" / "sandboxes" / str(port)


def token_of(port: int) -> str:
    """The token that this user's sandbox on a port has left; "" where it has left none."""
    try:
        # A link is not followed, and a pipe in the file's place not waited for.
        file = os.open(token_file(port), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    try:
        status = os.fstat(file)
        is_ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
        token = os.read(file, 100).decode("ascii", "replace") if is_ours else ""
        return token if token.replace("-", "").replace("_", "").isalnum() else ""
    finally:
        os.close(file)
