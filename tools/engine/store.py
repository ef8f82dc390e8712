"""Where engines are kept, outside the checkout: made aside, verified, published by one rename."""

from __future__ import annotations

import fcntl
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.engine.makers import ENGINE_VERSION, Maker
from tools.engine.programs import CLI, NotThisWayError, missing_from, version_of
from tools.engine.running import Say

_WORKSHOP = "making-"


def default_root(environment: Mapping[str, str]) -> Path:
    """The folder for engines: `SMSSIGN_ENGINE_CACHE`, else one in the user's cache folder."""
    if chosen := environment.get("SMSSIGN_ENGINE_CACHE"):
        return Path(chosen).absolute()
    caches = Path(environment.get("XDG_CACHE_HOME", ""))
    if not caches.is_absolute():  # as the XDG specification wants it
        caches = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return caches / "pulumi-smssign" / "engine"


@dataclass(frozen=True)
class Store:
    """Engines by maker, version and platform, since a home folder may serve several machines."""

    root: Path

    def folder(self, maker: Maker) -> Path:
        """Where `maker`'s engine is once it is made."""
        return self.root / f"{maker.folder}-{sys.platform}-{platform.machine()}"

    def find(self, makers: Sequence[Maker]) -> Path | None:
        """The first engine there is; it was verified before it got there."""
        folders = (self.folder(maker) for maker in makers)
        return next((folder for folder in folders if not missing_from(folder)), None)

    @contextmanager
    def locked(self, say: Say) -> Iterator[None]:
        """Holds the store for one process: waits for another, and clears what a killed one left.

        The lock goes with the process that holds it, however that ends.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = (self.root / "lock").open("wb")
        except OSError as error:
            raise NotThisWayError(f"{self.root} can't be written ({error.strerror})") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another run is making the engine: waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
            for abandoned in self.root.glob(f"{_WORKSHOP}*"):
                shutil.rmtree(abandoned, ignore_errors=True)
            yield

    def make(self, maker: Maker, say: Say) -> Path:
        """Makes an engine, verifies it and publishes it; for who holds the lock."""
        published = self.folder(maker)
        try:
            with tempfile.TemporaryDirectory(
                prefix=_WORKSHOP, dir=self.root, ignore_cleanup_errors=True
            ) as aside:
                workshop = Path(aside)
                made = maker.make(workshop, say)
                _verify(made)
                if published.exists():  # and incomplete, or nobody would make it anew
                    published.rename(workshop / "incomplete")
                made.rename(published)
        except OSError as error:
            raise NotThisWayError(f"it can't be made in {self.root} ({error})") from error
        return published


def _verify(folder: Path) -> None:
    if missing := missing_from(folder):
        raise NotThisWayError(f"what was made lacks {' and '.join(missing)}")
    if (version := version_of(folder / CLI)) != ENGINE_VERSION:
        raise NotThisWayError(f"what was made is {version} and not {ENGINE_VERSION}")
