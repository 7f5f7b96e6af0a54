"""What all HTML pages share: one environment that escapes everything, and the filters that make strings safe."""

import base64
import hashlib
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from notesense.core.evidence import Evidence
from notesense.render import outline, safe, words


def fill(template: str, **values: object) -> str:
    """Return a template filled with these values, ending in one line break."""
    return _environment().get_template(template).render(**values).strip() + "\n"


def script(name: str) -> tuple[Markup, str]:
    """Return a script of ours and the source by which the page's policy allows it and no other (CSP level 2)."""
    loader = _environment().loader
    assert loader is not None
    text = loader.get_source(_environment(), name)[0]
    mark = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"'sha256-{mark}'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("notesense.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        on_one_line=safe.inline,
        said=_said,
        as_it_stands=_as_it_stands,
        dated=outline.dated,
        cited=_cited,
        day=words.day,
        count=words.count,
    )
    return environment


def _said(text: str) -> Markup:
    """Return a string that may hold a note's words: on one line, safe, isolated."""
    return Markup("<bdi>{}</bdi>").format(safe.inline(text))


def _as_it_stands(text: str) -> Markup:
    """Return a stretch of a note with its line breaks, safe."""
    return Markup(escape(safe.block(text)))


def _cited(evidence: Evidence) -> Markup:
    """Return where the words stand."""
    where = _said(words.cited(evidence))
    return where + Markup(", ") + _said(evidence.speaker) if evidence.speaker else where
