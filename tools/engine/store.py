"""Where engines are kept, outside the checkout: made aside, verified, published by one rename.

What is kept there is run, so nobody else may be able to put something there.
"""

from __future__ import annotations

import errno
import fcntl
import os
import platform
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.engine.makers import Maker
from tools.engine.programs import (
    CLI,
    NotThisWayError,
    Version,
    missing_from,
    version_of,
)
from tools.engine.running import Say

_WORKSHOP = "making-"
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_ROOT = 0


def default_root(environment: Mapping[str, str]) -> Path:
    """The folder for engines: `SMSSIGN_ENGINE_CACHE`, else one in the user's cache folder."""
    if chosen := environment.get("SMSSIGN_ENGINE_CACHE"):
        return Path(chosen).absolute()
    caches = Path(environment.get("XDG_CACHE_HOME", ""))
    if not caches.is_absolute():  # as the XDG specification wants it
        caches = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return caches / "pulumi-smssign" / "engine"


def must_be_ours(path: Path) -> None:
    """Make sure that nobody but its user and root can have put something there.

    As ssh does with its files, each folder above it is looked at too, and the way that symbolic
    links take: who can write in one of them can put another in the place of what is below.

    Raises:
        NotThisWayError: another user owns one, or may write to it; its text says what to do.
    """
    ways = {path.absolute(), path.resolve()}
    above = {folder for way in ways for folder in way.parents}
    for each in sorted(ways | above):
        found = each.lstat()
        is_link = stat.S_ISLNK(found.st_mode)
        # In a folder such as /tmp nobody can move what is another's.
        is_shared = each in above and bool(found.st_mode & stat.S_ISVTX)
        if found.st_uid not in (os.geteuid(), _ROOT):
            why = "belongs to another user"
        elif found.st_mode & _OTHERS_WRITE and not is_link and not is_shared:
            why = "can be written by other users"
        else:
            continue
        what_to_do = "remove it" if each in ways else "chmod go-w it"
        raise NotThisWayError(
            f"{each} {why} ({what_to_do}, or let SMSSIGN_ENGINE_CACHE name a folder of your own)"
        )


@dataclass(frozen=True)
class Store:
    """Engines by maker, version and platform, since a home folder may serve several machines."""

    root: Path

    def folder(self, maker: Maker) -> Path:
        """Where `maker`'s engine is once it is made."""
        return self.root / f"{maker.folder}-{sys.platform}-{platform.machine()}"

    def find(self, makers: Sequence[Maker]) -> Path | None:
        """The first engine there is; it was verified before it got there.

        Raises:
            NotThisWayError: somebody else can have put it there.
        """
        folders = (self.folder(maker) for maker in makers)
        found = next((folder for folder in folders if not missing_from(folder)), None)
        if found is not None:
            # All of the folder's: it goes on PATH as it is.
            for path in (self.root, found, *found.rglob("*")):
                must_be_ours(path)
        return found

    @contextmanager
    def locked(self, say: Say) -> Iterator[None]:
        """Holds the store for one process: waits for another, and clears what a killed one left.

        The lock goes with the process that holds it, however that ends.

        Raises:
            NotThisWayError: it can't be locked, or somebody else can write there.
        """
        with self._lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another run is making the engine: waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
            for abandoned in self.root.glob(f"{_WORKSHOP}*"):
                shutil.rmtree(abandoned, ignore_errors=True)
            yield

    @contextmanager
    def _lock(self) -> Iterator[int]:
        """The open file that is locked; a link in its place is not followed."""
        lock = self.root / "lock"
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            must_be_ours(self.root)
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            if error.errno == errno.ELOOP and lock.is_symlink():
                raise NotThisWayError(f"{lock} is a symbolic link (remove it)") from error
            raise NotThisWayError(f"{self.root} can't be written ({error.strerror})") from error
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def make(self, maker: Maker, say: Say) -> Path:
        """Makes an engine, verifies it and publishes it; for who holds the lock."""
        published = self.folder(maker)
        try:
            with tempfile.TemporaryDirectory(
                prefix=_WORKSHOP, dir=self.root, ignore_cleanup_errors=True
            ) as aside:
                workshop = Path(aside)
                made = maker.make(workshop, say)
                _verify(made, maker.version)
                _keep_from_others(made)
                if published.exists():  # and incomplete, or nobody would make it anew
                    published.rename(workshop / "incomplete")
                made.rename(published)
        except OSError as error:
            raise NotThisWayError(f"it can't be made in {self.root} ({error})") from error
        return published


def _verify(folder: Path, wanted: Version) -> None:
    if missing := missing_from(folder):
        raise NotThisWayError(f"what was made lacks {' and '.join(missing)}")
    if (version := version_of(folder / CLI)) != wanted:
        raise NotThisWayError(f"what was made is {version} and not {wanted}")


def _keep_from_others(folder: Path) -> None:
    """Take the leave to write that the umask of who made it may have given to others."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS_WRITE)
