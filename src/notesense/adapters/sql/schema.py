"""The tables as queries see them. How a file comes to have them is written in `migrations`; a test compares the two.

Days are ISO text. A note's text stands behind what is listed, so that reading that does not page through it.
A passage's text is not stored: it is sliced out of its note.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()


def _of_note() -> Column[str]:
    return Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), nullable=False)


accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("key", String, nullable=False, unique=True),
)

aliases = Table(
    "aliases",
    metadata,
    Column("key", String, primary_key=True),
    Column("alias", String, nullable=False),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
)

notes = Table(
    "notes",
    metadata,
    Column("id", String, primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("date", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("created", Integer, nullable=False, unique=True),
    Column("hash", String, nullable=False),
    Column("title", String, nullable=False),
    Column("text", String, nullable=False),
    Column("turns", String, nullable=False, server_default=""),
    Column("form", String, nullable=False, server_default=""),
    Column("meeting", String, nullable=False, server_default=""),
    Column("started", String),
    Column("undated", Boolean, nullable=False, server_default="0"),
)
"""`turns` is JSON, one list for each turn, and empty where the text itself tells; `meeting` is the source's own id."""

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("speaker", String),
    Column("side", String, nullable=False),
    Column("origin", String, nullable=False, server_default="rep_note"),
)

signals = Table(
    "signals",
    metadata,
    Column("id", String, primary_key=True),
    _of_note(),
    Column("kind", String, nullable=False),
    Column("quote", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("speaker", String),
    Column("side", String, nullable=False),
    Column("certainty", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("attributes", String, nullable=False),
    Column("match", String, nullable=False),
    Column("review", Boolean, nullable=False),
    Column("source", String, nullable=False),
    Column("origin", String, nullable=False, server_default="rep_note"),
)

rejected = Table(
    "rejected",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("draft", String, nullable=False),
    Column("reason", String, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("engine", String, nullable=False),
    Column("usage", String, nullable=False),
    Column("error", String),
    Column("trackers", String, nullable=False, server_default=""),
    Column("language", String, nullable=False, server_default=""),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("signal_id", String),
    Column("verdict", String, nullable=False),
    Column("made", String, nullable=False),
    Column("signal", String),
    Column("replaced", String),
)
"""The rep's word, never changed, only followed by more. `signal_id` is null where it is about the whole note."""

set_aside = Table(
    "set_aside",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("signal", String, nullable=False),
)
"""What engines and labels found and the rep's word hides: together with `signals`, all that they found."""

indexed = Table(
    "indexed",
    metadata,
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
    Column("generation", String, nullable=False),
)
"""One row for each note: the generation of the search index that holds it, or the empty string."""

bearings = Table(
    "bearings",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words_note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), nullable=False),
    Column("words_start", Integer, nullable=False),
    Column("words_end", Integer, nullable=False),
    Column("settles", Float, nullable=False),
    Column("fails", Float, nullable=False),
    Column("replaces", Float, nullable=False),
    Column("repeats", Float, nullable=False),
    Column("likeness", Float, nullable=False),
)
"""What words of a later note were weighed to say about a statement, which stands in `note_id`."""

linked = Table(
    "linked",
    metadata,
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String, nullable=False),
)
"""The notes whose bearings are known: with what they were weighed, as a mark."""

people_joined = Table(
    "people_joined",
    metadata,
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("other_key", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("other", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("made", String, nullable=False),
)
"""The rep's word on two spellings of a name. The keys are the folded names, the lesser one first."""

ours = Table(
    "ours",
    metadata,
    Column("key", String, primary_key=True),
    Column("sort", String, nullable=False),
    Column("value", String, nullable=False),
    Column("how", String, nullable=False),
)
"""Who is one of us; `key` is the folded value. `how` is said, learned (from a source), or not: the rep denies it."""

attendees = Table(
    "attendees",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False),
    Column("side", String, nullable=False),
)

ascribed = Table(
    "ascribed",
    metadata,
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
    Column("by", String, nullable=False),
    Column("why", String, nullable=False),
)
"""How it was known whose a note is; no row for notes of before."""

domains = Table(
    "domains",
    metadata,
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("domain", String, primary_key=True),
    Column("theirs", Boolean, nullable=False),
)
"""The rep's word on e-mail domains: an account's, or not."""

renewals = Table(
    "renewals",
    metadata,
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("day", String, nullable=False),
)
"""When an account's contract renews, as the rep said."""

other_forms = Table(
    "other_forms",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_note(),
    Column("place", String, nullable=False),
    Column("title", String, nullable=False),
    Column("form", String, nullable=False),
    Column("meeting", String, nullable=False),
    Column("started", String),
    Column("text", String, nullable=False),
    Column("turns", String, nullable=False),
)
"""The forms in which a note came again, such as the captions of a call that is there as JSON; `place` is the file."""

read_files = Table(
    "read_files",
    metadata,
    Column("mark", String, primary_key=True),
    Column("notes", Integer, nullable=False),
    Column("place", String, nullable=False, server_default=""),
)
"""Files that were read completely, known by what they hold and where; `notes` counts the notes that came of each.

`place` is a hash of where the file lies.
"""

read_notes = Table(
    "read_notes",
    metadata,
    Column("mark", String, ForeignKey("read_files.mark", ondelete="CASCADE"), primary_key=True),
    Column("note_id", String, ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
)
"""The notes that came of a file: where one of them is forgotten, the file is read again."""

# What follows tells of work with language models, some of it about notes that are not stored. So note ids and accounts
# (as their keys: folded names) are plain values here, and `records.forget` follows them.

answers = Table(
    "answers",
    metadata,
    Column("key", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("note_id", String, nullable=False),
    Column("account", String, nullable=False),
    Column("made", String, nullable=False),
    Column("reply", String, nullable=False),
)
"""What models answered, by the key of the request."""

calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made", String, nullable=False),
    Column("task", String, nullable=False),
    Column("model", String, nullable=False),
    Column("key", String, nullable=False),
    Column("note_id", String, nullable=False),
    Column("account", String, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cached_tokens", Integer, nullable=False),
    Column("cost", Float),
    Column("seconds", Float, nullable=False),
    Column("outcome", String, nullable=False),
    Column("failure", String),
)
"""Every call. `cost` is in US$ and null where it is not known."""

abilities = Table(
    "abilities",
    metadata,
    Column("server", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("step", String, nullable=False),
)

restricted = Table(
    "restricted",
    metadata,
    Column("account", String, primary_key=True),
    Column("note_id", String, primary_key=True),
    Column("name", String, nullable=False),
)
"""`note_id` is empty where the whole account is meant; `name` is the account's as it was given."""

batches = Table(
    "batches",
    metadata,
    Column("id", String, primary_key=True),
    Column("made", String, nullable=False),
    Column("batch", String, nullable=False),
)
"""Requests that were handed to a server together; `batch` is all that is known of one, as JSON."""

batch_requests = Table(
    "batch_requests",
    metadata,
    Column("batch_id", String, ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("note_id", String, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("key", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("state", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("names", String, nullable=False),
)
"""For which note which request was asked. The words asked are made again from the note."""
