"""The playbook: what to ask when which trigger fires, as a team can write it down and replace it.

Pure models; `adapters/playbook.py` reads the file. An entry is keyed to a trigger and holds templates with `{fields}`.
`{quote}` and `{said}` always stand in “quotation marks” and are always the note's own words. Where several templates
are given, the first whose fields all have a value is used; questions take turns.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from notesense.core.note import Value

LONGEST_TEXT = 320
_FIELD = re.compile(r"\{([^{}]*)\}")
_QUOTED = re.compile(r"“\{(?:quote|said)\}”")
_TACTLESS = re.compile(
    r"\b(?:everything|all|things?) (?:is |are |going |still )*(?:ok|okay|fine|all right|alright|good|well)\b"
    r"|\bjust (?:checking|check) in\b",
    re.IGNORECASE,
)


class Trigger(StrEnum):
    """What can give rise to an agenda item. The last group are lacks of knowledge, which rest on no evidence."""

    PROMISE_OVERDUE_US = "promise_overdue_us"
    PROMISE_ASKED_US = "promise_asked_us"
    PROMISE_OPEN_US = "promise_open_us"
    PROMISE_UNCLEAR_US = "promise_unclear_us"
    PROMISE_OVERDUE_CUSTOMER = "promise_overdue_customer"
    PROMISE_OPEN_CUSTOMER = "promise_open_customer"
    PROMISE_ORPHANED = "promise_orphaned"
    PROMISE_KEPT_US = "promise_kept_us"
    PROMISE_KEPT_CUSTOMER = "promise_kept_customer"
    FIRE = "fire"
    SUPPORT_OPEN = "support_open"
    PAIN_US = "pain_us"
    PAIN_BUSINESS = "pain_business"
    PAIN_OTHER_SUPPLIER = "pain_other_supplier"
    RECURRING = "recurring"
    LEADERSHIP_LEFT = "leadership_left"
    LEADERSHIP_ANNOUNCED = "leadership_announced"
    LEADERSHIP_DUE = "leadership_due"
    LEADERSHIP_EFFECTIVE = "leadership_effective"
    LEADERSHIP_RUMORED = "leadership_rumored"
    PRICE_DELIVERY = "price_delivery"
    PRICE_COMMUNICATION = "price_communication"
    PRICE_EXECUTION = "price_execution"
    PRICE_QUALITY = "price_quality"
    PRICE_UNUSED = "price_unused"
    PRICE_UNCLEAR_RETURN = "price_unclear_return"
    PRICE_COMPETITOR = "price_competitor"
    PRICE_BUDGET = "price_budget"
    PRICE_NEW_DECIDER = "price_new_decider"
    PRICE_NONE_STATED = "price_none_stated"
    STALLED = "stalled"
    EXPECTATION_DUE = "expectation_due"
    EXPECTATION_STALE = "expectation_stale"
    EXPECTATION_PASSED = "expectation_passed"
    EXPECTATION_CURRENT = "expectation_current"
    COMPETITOR = "competitor"
    OPPORTUNITY = "opportunity"
    AHEAD = "ahead"
    DECLINED = "declined"
    PRAISE = "praise"
    FIGURES = "figures"
    CHANGED = "changed"
    QUIET = "quiet"
    NO_LIVE = "no_live"
    EMAIL_ONLY = "email_only"
    RENEWAL_ONLY = "renewal_only"
    RENEWAL_NEAR = "renewal_near"
    NO_NOTES = "no_notes"
    NO_LIVE_CONTACT = "no_live_contact"
    NO_MEASURE = "no_measure"
    NO_DECIDER = "no_decider"
    NO_NEEDS = "no_needs"
    NO_PAINS = "no_pains"
    NO_PROOF = "no_proof"
    NO_PROMISES = "no_promises"
    NO_INNOVATION = "no_innovation"
    NO_PERFORMANCE = "no_performance"
    NO_SERVICE = "no_service"
    SINGLE_SOURCE = "single_source"


GAPS = frozenset(trigger for trigger in Trigger if trigger.value.startswith("no_")) - {Trigger.NO_LIVE}
"""What is not known at all, so without evidence."""

Section = Literal[
    "owed", "fires", "changed", "people", "value", "adoption", "expectations", "rivals", "growth", "contact"
]
SECTIONS: tuple[Section, ...] = (
    "owed", "fires", "changed", "people", "value", "adoption", "expectations", "rivals", "growth", "contact",
)  # fmt: skip

_OF_A_STATEMENT = ("quote", "said")
_ALWAYS: dict[str, frozenset[str]] = {
    "statement": frozenset({"account", "date", "days"}),
    "contact": frozenset({"account", "date", "days"}),
    "gap": frozenset({"account"}),
}
_SOMETIMES: dict[str, frozenset[str]] = {
    "promise": frozenset({*_OF_A_STATEMENT, "due", "person"}),
    "leadership": frozenset({*_OF_A_STATEMENT, "person", "role", "effective"}),
    "expectation": frozenset({*_OF_A_STATEMENT, "deadline"}),
    "price": frozenset(),
    "competitor": frozenset({*_OF_A_STATEMENT, "name"}),
    "stalled": frozenset({*_OF_A_STATEMENT, "what"}),
    "opportunity": frozenset({*_OF_A_STATEMENT, "topic"}),
    "ahead": frozenset({*_OF_A_STATEMENT, "topic"}),
    "declined": frozenset(),
    "recurring": frozenset({*_OF_A_STATEMENT, "what", "first"}),
    "figures": frozenset(),
    "single": frozenset(_OF_A_STATEMENT),
    "praise": frozenset({*_OF_A_STATEMENT, "topic"}),
    "fire": frozenset(_OF_A_STATEMENT),
    "support": frozenset(_OF_A_STATEMENT),
    "pain": frozenset({*_OF_A_STATEMENT, "area"}),
}
"""By the first word of the trigger. A price complaint gives no `{quote}`: the number is never said aloud."""
_CONTACT = frozenset(
    {Trigger.CHANGED, Trigger.QUIET, Trigger.NO_LIVE, Trigger.EMAIL_ONLY, Trigger.RENEWAL_ONLY, Trigger.RENEWAL_NEAR}
)


def always(trigger: Trigger) -> frozenset[str]:
    """Return the fields that a template of this trigger can always use."""
    if trigger in GAPS:
        return _ALWAYS["gap"]
    return _ALWAYS["contact" if trigger in _CONTACT else "statement"]


def fields_of(trigger: Trigger) -> frozenset[str]:
    """Return all fields that templates of this trigger can use; some have a value only now and then."""
    if trigger in GAPS or trigger in _CONTACT:
        return always(trigger)
    return always(trigger) | _SOMETIMES[trigger.value.split("_")[0]] | {"count"}


def fields_in(template: str) -> frozenset[str]:
    """Return the names of the fields in a template."""
    return frozenset(_FIELD.findall(template))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with its fields filled in one pass; a value's own braces stay as they are."""
    return _FIELD.sub(lambda match: values[match.group(1)], template)


def usable(templates: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Return those templates, filled, whose fields all have a value."""
    return [fill(template, values) for template in templates if fields_in(template) <= values.keys()]


def first(templates: Sequence[str], values: Mapping[str, str]) -> str:
    """Return the first usable template, filled; empty where there is none."""
    return next(iter(usable(templates, values)), "")


def turn_of(templates: Sequence[str], values: Mapping[str, str], turn: int) -> str:
    """Return the usable template whose turn it is, filled; there must be one."""
    every = usable(templates, values)
    return every[turn % len(every)]


def is_tactless(text: str) -> bool:
    """Tell whether a text asks whether everything is OK, or is just checking in."""
    return _TACTLESS.search(text) is not None


def _one_or_many(given: object) -> object:
    return (given,) if isinstance(given, str) else given


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many), Field(max_length=8)]


class Entry(Value):
    """What to do when a trigger fires. An entry without a question makes no item; its `avoid` still counts.

    `priority` decides what is kept when time is short (higher is kept); `section` decides the order in the meeting.
    `together` puts all matters of the trigger into one item, whose `{count}` then has a value and `{quote}` has none.
    """

    trigger: Trigger
    section: Section
    priority: int = Field(ge=1, le=100)
    minutes: int = Field(default=5, ge=1, le=60)
    most: int = Field(default=2, ge=1, le=8)
    together: bool = False
    title: Annotated[Texts, Field(min_length=1)]
    say: Texts = ()
    question: Texts = ()
    why: Text
    practice: int = Field(ge=1, le=17)
    ask_inside: Text | None = None
    avoid: Texts = ()
    opening: Texts = ()

    @model_validator(mode="after")
    def _templates_can_be_filled(self) -> Self:
        for name in ("title", "say", "question", "why", "ask_inside", "avoid", "opening"):
            for template in _templates(getattr(self, name)):
                _check_template(self.trigger, name, template)
        for name in ("title", "question"):
            templates = _templates(getattr(self, name))
            if templates and not any(fields_in(template) <= always(self.trigger) for template in templates):
                known = ", ".join(sorted(always(self.trigger)))
                raise ValueError(f"{name} needs one template that uses only what is always known ({known})")
        if any(not question.endswith("?") for question in self.question):
            raise ValueError("each question must end with a question mark")
        if any(is_tactless(text) for text in (*self.question, *self.say, *self.opening)):
            raise ValueError("asks whether everything is all right; ask about what is known instead")
        return self


class Playbook(Value):
    """All entries, one for each trigger. `sections` is the order of the meeting; `disabled` switches triggers off.

    `extends` says what it lies over: the shipped playbook, or nothing, so that it replaces that.
    """

    version: Literal[1]
    name: Text
    extends: Literal["shipped", "nothing"] = "shipped"
    sections: tuple[Section, ...] = SECTIONS
    closing: Text | None = None
    disabled: tuple[Trigger, ...] = ()
    entries: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if sorted(self.sections) != sorted(SECTIONS):
            raise ValueError(f"sections must name each of these once: {', '.join(SECTIONS)}")
        triggers = [entry.trigger for entry in self.entries]
        twice = sorted({trigger.value for trigger in triggers if triggers.count(trigger) > 1})
        if twice:
            raise ValueError(f"more than one entry for {', '.join(twice)}")
        return self

    def entry(self, trigger: Trigger) -> Entry | None:
        """Return the entry for a trigger, or None where it is switched off or not there."""
        if trigger in self.disabled:
            return None
        return next((entry for entry in self.entries if entry.trigger is trigger), None)

    def over(self, base: "Playbook") -> "Playbook":
        """Return this playbook laid over another: what this one does not say, the other says.

        One that extends nothing stays as it is.
        """
        if self.extends == "nothing":
            return self
        mine = {entry.trigger for entry in self.entries}
        kept = tuple(entry for entry in base.entries if entry.trigger not in mine)
        return self.model_copy(
            update={
                "entries": (*self.entries, *kept),
                "closing": self.closing or base.closing,
                "sections": self.sections if "sections" in self.model_fields_set else base.sections,
            }
        )


def _templates(given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else given


def _check_template(trigger: Trigger, name: str, template: str) -> None:
    bare = _FIELD.sub("", template)
    if "{" in bare or "}" in bare:
        raise ValueError(f"{name} has a brace without its partner")
    optional = name in ("why", "ask_inside", "avoid")
    allowed = always(trigger) if optional else fields_of(trigger)
    strange = sorted(fields_in(template) - allowed)
    if strange:
        raise ValueError(f"{name} uses {{{strange[0]}}}; here there are only {', '.join(sorted(allowed))}")
    if fields_in(_QUOTED.sub("", template)) & {"quote", "said"}:
        raise ValueError(f"{name} must put the note's words in quotation marks: “{{quote}}”")
