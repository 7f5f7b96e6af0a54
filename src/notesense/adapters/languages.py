"""Tells languages with py3langid, a naive Bayes classifier over byte n-grams whose model comes with it.

Lui, Baldwin: Cross-domain Feature Selection for Language Identification, IJCNLP 2011. It is loaded when first asked.
"""

from functools import cached_property
from typing import Any

from notesense.core.languages import NAMES

_NONE = "zxx"
"""The classifier's code for what is no language: numbers, marks, identifiers."""


class Languages:
    """Tells the language of a text among those of `NAMES`."""

    @cached_property
    def _identifier(self) -> Any:
        from py3langid import langid

        untyped: Any = langid.LanguageIdentifier
        identifier = untyped.from_model_file(langid.MODEL_FILE, norm_probs=True)
        identifier.set_languages([*NAMES, _NONE])
        return identifier

    def tell(self, text: str) -> tuple[str, float]:
        """Return the code of the likeliest language and how likely it is; an empty code for what is no language."""
        code, how = self._identifier.classify(text)
        return ("" if code == _NONE else str(code)), float(how)
