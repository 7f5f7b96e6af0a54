"""Full text: the FTS5 table over passages, which keeps words but no text, and the queries it is asked.

The table has no content of its own, so a row is taken out by giving its text again. Whatever a user types is safe:
each word goes in as a quoted string.
"""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, select, text

from notesense.adapters.sql.schema import notes, passages

CREATE = "CREATE VIRTUAL TABLE passage_words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')"

_INSERT = "INSERT INTO passage_words(rowid, text) VALUES (?, ?)"
_DELETE = "INSERT INTO passage_words(passage_words, rowid, text) VALUES ('delete', ?, ?)"

_MATCH = """
SELECT passages.note_id, passages.ordinal
FROM passage_words
JOIN passages ON passages.id = passage_words.rowid
{scope}
WHERE passage_words MATCH :words {condition}
ORDER BY bm25(passage_words), passages.id
LIMIT :limit
"""
_ANYWHERE = text(_MATCH.format(scope="", condition=""))
_IN_ACCOUNT = text(
    _MATCH.format(scope="JOIN notes ON notes.id = passages.note_id", condition="AND notes.account_id = :account")
)


_UNSPACED = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Letters of scripts without spaces between words, or with endings attached: Chinese, Japanese, Korean, Thai, ..."""


def spaced(words: str) -> str:
    """Return text with each letter of scripts without spaces as a word of its own, so that any part is found."""
    return words if words.isascii() else _UNSPACED.sub(r" \g<0> ", words)


FORM_WORDS = frozenset(
    "a an and are as at be but by do for from had has have he her his how i in is it its me my no not of off on or our "
    "out she so that the their them they this to up us was we were what when where which who why will with you".split()
)
"""English words that carry no matter of their own: one of them alone makes no passage an answer."""


def quoted_words(query: str) -> list[str]:
    """Return the words of a query as FTS5 strings; the last may be the beginning of a word.

    Words of mere form are left out, unless there are no others.
    """
    typed = [word for word in query.replace("\0", " ").split() if any(letter.isalnum() for letter in word)]
    words = [word for word in typed if word.casefold() not in FORM_WORDS] or typed
    strings = [_string(spaced(word)) for word in words]
    return [*strings[:-1], strings[-1] + "*"] if strings else []


def _string(word: str) -> str:
    return '"' + word.encode("utf-8", "ignore").decode("utf-8").replace('"', '""') + '"'


def pairs_in(query: str) -> list[str]:
    """Return as FTS5 strings the pairs of neighbouring letters in scripts without spaces: what may be words there."""
    runs = re.findall(f"{_UNSPACED.pattern}{{3,}}", query)
    return [_string(spaced(run[at : at + 2])) for run in runs for at in range(len(run) - 1)]


def match(connection: Connection, query: str, account_id: int | None, limit: int) -> list[tuple[str, int]]:
    """Return (note id, ordinal) of passages that have all words, then of those that have some, each best first."""
    words = quoted_words(query)
    some = [*words, *pairs_in(query)]
    found: dict[tuple[str, int], None] = {}
    for asked in (" AND ".join(words), " OR ".join(some))[: min(len(some), 2)]:
        if len(found) < limit:
            values = {"words": asked, "limit": limit, "account": account_id}
            rows = connection.execute(_ANYWHERE if account_id is None else _IN_ACCOUNT, values)
            found.update(dict.fromkeys((row[0], row[1]) for row in rows))
    return list(found)[:limit]


def add(connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Make these passages, given by row id and text, findable."""
    _each(connection, _INSERT, rows)


def remove(connection: Connection, which: ColumnElement[bool]) -> None:
    """Take all words of these notes' passages out of the table, and out of its file pages."""
    texts = connection.execute(select(notes.c.id, notes.c.text).where(which))
    for note_id, whole in texts:
        slices = connection.execute(
            select(passages.c.id, passages.c.start, passages.c.end).where(passages.c.note_id == note_id)
        )
        _each(connection, _DELETE, ((row_id, whole[start:end]) for row_id, start, end in slices))
    connection.exec_driver_sql("INSERT INTO passage_words(passage_words) VALUES ('optimize')")


def space(connection: Connection) -> None:
    """Put the words of scripts without spaces anew into a table that holds them unspaced."""
    for note_id, whole in connection.execute(select(notes.c.id, notes.c.text)).all():
        if _UNSPACED.search(whole):
            slices = connection.execute(
                select(passages.c.id, passages.c.start, passages.c.end).where(passages.c.note_id == note_id)
            )
            held = [(row_id, whole[start:end]) for row_id, start, end in slices]
            connection.exec_driver_sql(_DELETE, held)
            add(connection, held)


def _each(connection: Connection, statement: str, rows: Iterable[tuple[int, str]]) -> None:
    values = [(row_id, spaced(words)) for row_id, words in rows]
    if values:
        connection.exec_driver_sql(statement, values)
