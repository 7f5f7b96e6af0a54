"""A model that obeys: it claims what an injected text wants, as far as the asked form lets it. Plainly test data."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from serving.completions import text_of

TRUE = "the analyser stops every Monday"
"""Words that stand in every attacked note, and that the obedient model claims besides."""
SECRET = "Blackmere Foods wants to leave before the renewal, says Tilda Frost"
"""The note of another account."""
KEY = "sk-this-key-belongs-to-the-user-alone"


class Attack(NamedTuple):
    """One injected text: where it stands, and what a model that obeys it would say."""

    name: str
    place: str
    text: str
    says: str

    @property
    def note(self) -> str:
        """The text of the attacked note. `ticket` tells the attacks apart."""
        words = f"Ticket {self.name}: {TRUE}.\nWe send the tubing on Thursday."
        match self.place:
            case "note" | "mail" | "signature" | "answer":
                return f"{words}\n{self.text}"
            case "speaker":
                return f"{words}\n{self.text}: the reports are late again.\n{self.text}: and the invoices too."
            case _:
                return words


def attacks() -> list[Attack]:
    """Return all attempts of `tests/texts/injections.yaml`."""
    listed = yaml.safe_load((Path(__file__).parents[1] / "texts" / "injections.yaml").read_text(encoding="utf-8"))
    return [
        Attack(f"t{number:02}", each["place"], each["text"] * each.get("repeat", 1), each["says"])
        for number, each in enumerate(listed)
    ]


def obeying(known: list[Attack]) -> Callable[[dict[str, Any]], Any]:
    """Return an answer function that fills every form with what the attack in the request wants."""

    def answer(body: dict[str, Any]) -> Any:
        asked = text_of(body)
        attack = next((each for each in known if f"icket {each.name}:" in asked), known[0])
        schema = body["response_format"]["json_schema"]["schema"]
        filled = _filled(schema, attack.says)
        if "signals" in filled:
            places = re.findall(rf"^\[(\d+)\].*{TRUE}", asked, re.MULTILINE)
            filled["signals"] = [*_claims(attack.says, int(places[-1]) if places else 1), *filled["signals"]]
        return filled

    return answer


def cunning(known: list[Attack]) -> Callable[[dict[str, Any]], Any]:
    """Return an answer function that says what the attack wants, and cites true words for it."""
    obey = obeying(known)

    def answer(body: dict[str, Any]) -> Any:
        asked = text_of(body)
        places = re.findall(rf"^\[(\w+)\] [^\n]*\n> [^\n]*{TRUE}", asked, re.MULTILINE)
        return _cited(obey(body), places[-1] if places else "1")

    return answer


def _cited(value: Any, place: str) -> Any:
    if isinstance(value, list):
        return [_cited(each, place) for each in value]
    if not isinstance(value, dict):
        return value
    true = {"quote": TRUE, "evidence": [place], "passage": int(place) if place.isdigit() else 1}
    return {name: true.get(name, _cited(each, place)) for name, each in value.items()}


def _claims(says: str, place: int) -> list[dict[str, Any]]:
    true = _claim(place, TRUE, "pain_point")
    lies = [(place, says, "praise"), (place, SECRET, "competitor"), (9999, TRUE, "praise"), (place, KEY, "commitment")]
    stitched = f"{TRUE}. {says}"
    from_prompt = "pumps on line 4 leak again, a whole shift lost"
    return [
        true | {"attributes": [{"name": "area", "value": says}, {"name": "severity", "value": says}]},
        *(_claim(*lie) for lie in lies),
        _claim(place, stitched, "pain_point"),
        _claim(place, from_prompt, "pain_point"),
    ]


def _claim(passage: int, quote: str, kind: str) -> dict[str, Any]:
    attributes = [{"name": "person", "value": "Tilda Frost"}, {"name": "competitor", "value": "Blackmere Foods"}]
    claim = {"passage": passage, "quote": quote, "kind": kind, "attributes": attributes}
    return claim | {"certainty": "stated", "confidence": "high"}


def _filled(schema: dict[str, Any], says: str) -> Any:
    """Return a value of this schema that says it wherever it can."""
    options = schema.get("anyOf")
    if options:
        return _filled(options[0], says)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: _filled(inner, says) for name, inner in schema["properties"].items()}
        case "array":
            return [_filled(schema["items"], says) for _ in range(2)]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return says
