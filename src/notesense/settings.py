"""Where things are and what the user chose, read once from the environment. No keys are ever kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from notesense.errors import StoreError

HOME_VARIABLE = "NOTESENSE_HOME"
WEIGHTS_VARIABLE = "NOTESENSE_WEIGHTS"
PLAYBOOK_VARIABLE = "NOTESENSE_PLAYBOOK"
TRACKERS_VARIABLE = "NOTESENSE_TRACKERS"
LOCK_SECONDS = 30.0
"""How long one process waits for the search index while another uses it."""


@dataclass(frozen=True)
class Settings:
    """Everything lives under `home`, readable by its owner only; `cache` holds nothing that cannot be made again."""

    home: Path
    cache: Path
    weights: Path | None = None
    chosen_playbook: Path | None = None
    chosen_trackers: Path | None = None
    lock_seconds: float = LOCK_SECONDS

    @property
    def database(self) -> Path:
        """The SQLite file: the record of everything."""
        return self.home / "notes.db"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.home / "index"

    @property
    def heads(self) -> Path:
        """The team's own heads of the local engine, once `train` has made some."""
        return self.home / "heads.npz"

    @property
    def playbook(self) -> Path | None:
        """The team's own playbook: the one named in the environment, else the one in the data folder, else None."""
        own = self.home / "playbook.yaml"
        return self.chosen_playbook or (own if own.exists() else None)

    @property
    def own_trackers(self) -> Path:
        """Where the team's trackers stand unless the environment names another file."""
        return self.home / "trackers.yaml"

    @property
    def trackers(self) -> Path | None:
        """The team's trackers: the file named in the environment, else the one in the data folder, else None."""
        return self.chosen_trackers or (self.own_trackers if self.own_trackers.exists() else None)


def load(environment: Mapping[str, str], home: Path | None = None) -> Settings:
    """Return the settings: an explicit home wins over NOTESENSE_HOME, that over the platform's data folder.

    Raises StoreError when no home folder can be told.
    """
    import platformdirs

    try:
        chosen = home or _path(environment, HOME_VARIABLE) or platformdirs.user_data_path("notesense", appauthor=False)
        cache = platformdirs.user_cache_path("notesense", appauthor=False)
        return Settings(
            home=chosen.expanduser().absolute(),
            cache=cache.expanduser().absolute(),
            weights=_path(environment, WEIGHTS_VARIABLE),
            chosen_playbook=_path(environment, PLAYBOOK_VARIABLE),
            chosen_trackers=_path(environment, TRACKERS_VARIABLE),
        )
    except RuntimeError as error:
        raise StoreError(f"No home folder: {error}.", f"Set {HOME_VARIABLE} to a folder of your own.") from None


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name, "").strip()
    return Path(value).expanduser() if value else None
