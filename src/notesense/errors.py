"""The one error tree. Each error says what happened, shows the value, and names the command that mends it.

NoteSenseError
├── InputError            text, files, dates, options that cannot be used
│   ├── UnknownAccount    no such account, or several that fit
│   ├── UnknownKind       no such kind of signal
│   └── DatasetFaulty     labelled notes with something wrong in them
├── StoreError            the data folder or the database cannot be used
│   ├── StoreTooNew       written by a newer NoteSense
│   └── InUse             another NoteSense command is at work on the same thing
├── IndexUnusable         the search index cannot be used (it can always be rebuilt)
├── EmbeddingError        no usable embedding weights
├── EngineError           an extraction engine could not do its work
├── ModelError            a language model is not set up, or cannot be asked at all
│   └── ServerAway        the model's server cannot be reached or is too busy just now
├── PromptError           a prompt file that does not hold what a prompt must
├── PlaybookError         a playbook file that does not hold what a playbook must
└── TrackerError          a tracker file that does not hold what trackers must
"""

from collections.abc import Sequence


class NoteSenseError(Exception):
    """What a user sees: one sentence that says what happened, and one that says what to do."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class InputError(NoteSenseError):
    """The given text, file, date or option cannot be used."""


class Unplaced(InputError):
    """Nothing tells whose note it is, or as much speaks for one account as for another."""


class UnknownAccount(InputError):
    """No account, or more than one, answers to this name; `candidates` holds those that come near."""

    def __init__(self, message: str, fix: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(message, fix)
        self.candidates = tuple(candidates)


class UnknownKind(InputError):
    """Neither one of the nine kinds nor a tracker has this name."""


class DatasetFaulty(InputError):
    """Labelled notes that cannot be scored; `faults` tells of each file, line, what is wrong and what is right."""

    def __init__(self, message: str, fix: str = "", faults: Sequence[str] = ()) -> None:
        super().__init__(message, fix)
        self.faults = tuple(faults)


class StoreError(NoteSenseError):
    """The data folder or the database cannot be read or written."""


class StoreTooNew(StoreError):
    """The database was written by a newer NoteSense than this one."""


class InUse(StoreError):
    """Another NoteSense command is at work on what only one may change at a time."""


class IndexUnusable(NoteSenseError):
    """The search index is missing, locked, damaged or filled by another embedder."""


class EmbeddingError(NoteSenseError):
    """There are no embedding weights, or they are not the published ones."""


class EngineError(NoteSenseError):
    """An extraction engine is unknown or could not do its work."""


class ModelError(NoteSenseError):
    """No language model was chosen, its provider or key is missing, or it cannot be reached at all."""


class ServerAway(ModelError):
    """The model's server is not there, too busy or failing: the same may work later."""


class NotTaken(ModelError):
    """The model's server refused it for good: nothing was begun there."""


class PromptError(NoteSenseError):
    """A prompt file lacks its header, or a variable that it is filled with."""


class PlaybookError(NoteSenseError):
    """A playbook file lacks something, or holds something unknown."""


class TrackerError(NoteSenseError):
    """A tracker file cannot be read, clashes with the built-in kinds, or lacks what a tracker needs."""
