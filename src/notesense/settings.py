"""Where things are and what the user chose, read once from the environment. No keys are ever kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from notesense.core.prices import Price, parse_price
from notesense.errors import InputError, StoreError

HOME_VARIABLE = "NOTESENSE_HOME"
WEIGHTS_VARIABLE = "NOTESENSE_WEIGHTS"
PLAYBOOK_VARIABLE = "NOTESENSE_PLAYBOOK"
TRACKERS_VARIABLE = "NOTESENSE_TRACKERS"
MODEL_VARIABLE = "NOTESENSE_MODEL"
ENGINE_VARIABLE = "NOTESENSE_ENGINE"
PRICE_VARIABLE = "NOTESENSE_PRICE"
CONCURRENCY_VARIABLE = "NOTESENSE_CONCURRENCY"
RATE_VARIABLE = "NOTESENSE_RATE"
REDACT_VARIABLE = "NOTESENSE_REDACT"
DOMAINS_VARIABLE = "NOTESENSE_DOMAINS"
BATCH_SHARE_VARIABLE = "NOTESENSE_BATCH_SHARE"
MOST_AT_ONCE = 64
"""Requests under way at one time: more than any server allows a person."""
WORDING_VARIABLE = "NOTESENSE_WORDING"
LOCK_SECONDS = 30.0
"""How long one process waits for the search index while another uses it."""


@dataclass(frozen=True)
class Settings:
    """Everything lives under `home`, readable by its owner only; `cache` holds nothing that cannot be made again.

    `model` is a provider and its model. `concurrency` requests to it may be under way at once; `rate` is how many may
    begin in a minute, None for no limit. `redact` says what is replaced before anything is sent. `batch_share` is the
    share of the price that tokens cost in batches.
    """

    home: Path
    cache: Path
    weights: Path | None = None
    chosen_playbook: Path | None = None
    chosen_trackers: Path | None = None
    lock_seconds: float = LOCK_SECONDS
    engine: str = "local"
    model: str | None = None
    price: Price | None = None
    concurrency: int = 8
    rate: float | None = None
    redact: str | None = None
    wording: str = "playbook"
    """Who words agenda and briefing unless a command says otherwise: `playbook` or `model`."""
    batch_share: float = 0.5
    domains: tuple[str, ...] = ()
    """Our own e-mail domains: who writes from one is one of us."""

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
    def prices(self) -> Path:
        """The team's own price list."""
        return self.home / "prices.yaml"

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

    Raises StoreError when no home folder can be told, InputError for a value that cannot be.
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
            engine=_text(environment, ENGINE_VARIABLE) or "local",
            model=_text(environment, MODEL_VARIABLE),
            price=_price(environment),
            concurrency=int(_number(environment, CONCURRENCY_VARIABLE, 8, MOST_AT_ONCE, whole=True) or 8),
            rate=_number(environment, RATE_VARIABLE, None, 1_000_000),
            redact=_text(environment, REDACT_VARIABLE),
            wording=environment.get(WORDING_VARIABLE, "").strip().casefold() or "playbook",
            batch_share=_number(environment, BATCH_SHARE_VARIABLE, 0.5, 1) or 0.5,
            domains=_domains(environment.get(DOMAINS_VARIABLE, "")),
        )
    except RuntimeError as error:
        raise StoreError(f"No home folder: {error}.", f"Set {HOME_VARIABLE} to a folder of your own.") from None


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name, "").strip()
    return Path(value).expanduser() if value else None


def _text(environment: Mapping[str, str], name: str) -> str | None:
    return environment.get(name, "").strip() or None


def _domains(told: str) -> tuple[str, ...]:
    """Return the domains of a list such as `ours.example, @ours.test`, folded."""
    return tuple(one.strip().rpartition("@")[2].casefold() for one in told.split(",") if one.strip())


def _price(environment: Mapping[str, str]) -> Price | None:
    told = _text(environment, PRICE_VARIABLE)
    try:
        return parse_price(told) if told else None
    except InputError as error:
        raise InputError(f"{PRICE_VARIABLE}: {error.message}", error.fix) from None


def _number(
    environment: Mapping[str, str], name: str, default: float | None, most: float, *, whole: bool = False
) -> float | None:
    """Return the positive number that a variable holds; the default where it holds nothing."""
    told = _text(environment, name)
    if told is None:
        return default
    try:
        number = float(int(told) if whole else told)
    except ValueError:
        number = 0.0
    if not (1 if whole else 0) <= number <= most or not number:
        what = f"a whole number from 1 to {most:g}" if whole else f"a number above 0, up to {most:g}"
        raise InputError(f'{name} is "{told}"; it must be {what}.', f"Set it to one, or unset {name}.")
    return number
