"""A chat model as a `LanguageModel`: steps of structured output, tries, pace, concurrency; failures told in replies."""

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from notesense.adapters.llm import steps, trouble
from notesense.adapters.llm.discovery import Discovery
from notesense.adapters.llm.endpoint import Endpoint
from notesense.adapters.llm.finding import object_in, plain, whole_object
from notesense.adapters.llm.keys import secrets, without
from notesense.adapters.llm.pace import Clock, Pace, Pacer, Patience, retry_after
from notesense.adapters.llm.steps import Step
from notesense.adapters.llm.trouble import Again, Trouble
from notesense.adapters.llm.workers import in_order
from notesense.core.forms import fits
from notesense.core.ports import Abilities, Arrived, Further, unheard
from notesense.core.records import Ability
from notesense.core.requests import Failure, Message, Reply, Request
from notesense.core.signal import Usage

if TYPE_CHECKING:
    from notesense.adapters.llm.connection import Connection, Said

UNREACHED = 3
"""After so many requests in a row that found no server, the others of a run are not sent."""
FORBIDDEN = 3
"""After so many requests in a row that the server did not allow, the others of a run are not sent."""
ELSEWHERE = 2
"""So many answers in a row at another step than the known one make it the known one: one may be for its note's sake."""

_CUT_OFF = Trouble(Failure.CUT_OFF)
_DECLINED = Trouble(Failure.DECLINED)
_FORMLESS = Trouble(Failure.FORMLESS, "no JSON object", again=Again.ONCE)
_MISSHAPEN = Trouble(Failure.FORMLESS, "another JSON object", again=Again.ONCE)
_UNREAD = "its answer cannot be read"
_GONE = frozenset({Failure.NO_CONNECTION, Failure.TIMED_OUT})


def always(request: Request, answered: Sequence[Usage]) -> bool:
    """Set no limit to further tries."""
    return True


class ChatModel:
    """Port `Sender` over LangChain. Close it when done.

    How the server takes a form is found out by the first request, for which the others wait, and noted in `abilities`.
    `further` is asked, in any thread, before a request is tried once more. However many `answer` at a time, no more
    requests are under way than `pace` says.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        abilities: Abilities,
        pace: Pace | None = None,
        clock: Clock | None = None,
        environment: Mapping[str, str] = os.environ,
        further: Further = always,
    ) -> None:
        self.endpoint = endpoint
        self._abilities = abilities
        self._pace = pace or Pace()
        self._clock = clock or Clock()
        self._environment = environment
        self._further = further
        self._pacer = Pacer(self._pace, self._clock)
        self._places = threading.BoundedSemaphore(self._pace.concurrency)
        self._connection: Connection | None = None
        self._hidden = secrets(environment, endpoint.key)
        self._noted: Step | None = None
        self._step: Step | None = None
        self._elsewhere = 0
        """Answers in a row that came at another step than the one that is known."""
        self._lock = threading.Lock()
        self._cool = True
        self._discovery = Discovery(lambda: self._step is not None)

    @property
    def name(self) -> str:
        """Provider and model."""
        return self.endpoint.name

    def close(self) -> None:
        """Close the connections to the server; the next request opens new ones."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def answer(self, requests: Iterable[Request], arrived: Arrived = unheard) -> Iterator[Reply]:
        """Yield one reply for each request, in order; several are asked at a time. Raises ModelError before the first.

        Interrupted, it sends nothing more; `arrived` hears what was answered until then.
        """
        run = _Run()
        ask = partial(self._reply, run=run)
        replies = in_order(ask, self._ready(requests), self._pace.concurrency, arrived)
        try:
            for reply in replies:
                self._note()
                yield reply
        finally:
            run.ended = True
            replies.close()
            self._note()

    def trial(self) -> Reply:
        """Ask for one line, and find out anew how the server takes a form."""
        self._step, self._noted = None, None
        self._connected()
        reply = self._reply(TRIAL, _Run())
        self._note()
        return reply

    @property
    def step(self) -> Step | None:
        """The way in which this server was found to take a form, None before its first answer."""
        return self._step or steps.known(self._abilities.ability(self.endpoint.server, self.endpoint.model))

    @property
    def cool(self) -> bool:
        """Whether temperature 0 is asked for: it is, until the model does not take it."""
        return self._cool

    def _ready(self, requests: Iterable[Request]) -> Iterator[Request]:
        for number, request in enumerate(requests):
            if number == 0:
                self._connected()
                self._step = self._noted = self.step
            yield request

    def _connected(self) -> "Connection":
        if self._connection is None:
            from notesense.adapters.llm.connection import Connection

            self._connection = Connection(self.endpoint, self._pace, self._environment)
        return self._connection

    def _note(self) -> None:
        """Remember what was found out; only ever called in the thread of the caller."""
        found = self._step
        if found and found is not self._noted:
            ability = Ability(server=self.endpoint.server, model=self.endpoint.model, step=found)
            self._abilities.note_ability(ability)
            self._noted = found

    def _reply(self, request: Request, run: "_Run") -> Reply:
        effort = _Effort(Patience(self._pace, self._clock))
        while True:
            try:
                with self._discovery.turn():
                    reply = self._climbed(request, run, effort)
            except Exception as error:
                told = Reply(failure=Failure.SERVER, detail=f"{_UNREAD} ({type(error).__name__})")
                reply = effort.reply(told)
            if reply is not None:
                return reply
            self._clock.sleep(effort.wait)

    def _climbed(self, request: Request, run: "_Run", effort: "_Effort") -> Reply | None:
        """Ask, going down the steps; None where the same is to be asked again after a wait."""
        proven = self._step is not None
        step = self._step or effort.step
        while True:
            with self._places:
                self._pacer.wait()
                if stop := self._stop(request, run, effort):
                    return effort.reply(stop)
                cool = self._cool
                said, met, seconds = self._try(request, step, cool)
            effort.tried(said, seconds)
            found = _object(said, lenient=proven or step is Step.TEXT) if said and not met else None
            if said and found is not None and fits(found, request.form):
                self._taken(step)
                run.reached()
                data, model = without((found, said.model or self.name), self.endpoint.key)
                return effort.reply(Reply(data=data, model=model))
            met = met or (_FORMLESS if found is None else _MISSHAPEN)
            if met.temperature and cool:
                self._cool = False
                continue
            if not met.unsupported:
                effort.patience.met(met)
            if step.below and (met.unsupported or (met.failure is Failure.FORMLESS and not proven)):
                step = effort.step = step.below
                continue
            return self._failed(met, run, effort)

    def _failed(self, met: Trouble, run: "_Run", effort: "_Effort") -> Reply | None:
        """Return the failure that this trouble is; None where the same is to be asked again after a wait."""
        if met.failure in _GONE:
            self._discovery.give_up()
        wait = effort.patience.wait(met)
        if wait is None:
            run.failed(met, too_long=(met.wait or 0.0) > self._pace.longest_wait)
            return effort.reply(Reply(failure=met.failure, detail=met.detail))
        if met.wait is not None:
            self._pacer.hold(met.wait)
        effort.wait = wait
        return None

    def _stop(self, request: Request, run: "_Run", effort: "_Effort") -> Reply | None:
        """Return why this request is not sent, or not once more; None where it is."""
        given_up = run.given_up()
        if given_up is None and effort.tries and not self._further(request, effort.answered):
            return Reply(failure=Failure.BUDGET)
        return given_up

    def _taken(self, step: Step) -> None:
        """Hold on to a step at which an answer came; to another one than is known once two in a row needed it."""
        with self._lock:
            self._elsewhere = 0 if step is self._step else self._elsewhere + 1
            if self._step is None or self._elsewhere == ELSEWHERE:
                self._step, self._elsewhere = step, 0

    def _try(self, request: Request, step: Step, cool: bool) -> "tuple[Said | None, Trouble | None, float]":
        """Return what the model said, what went wrong with it, and the seconds it took."""
        started = self._clock.now()
        try:
            said = self._connected().ask(request, step, cool)
        except Exception as error:
            wait = retry_after(trouble.headers_of(error), self._clock.date())
            asked = "".join(message.text for message in steps.messages(step, request))
            return None, trouble.of(error, asked, self._hidden, wait, self.endpoint.model), self._clock.now() - started
        met = _DECLINED if said.declined else _CUT_OFF if said.cut_off else None
        return said, met, self._clock.now() - started


@dataclass
class _Effort:
    """What was done for one request so far: its tries, the step that comes next, the seconds until then.

    `answered` is the usage of each try to which the model said something.
    """

    patience: Patience
    step: Step = Step.SCHEMA
    usage: Usage = field(default_factory=Usage)
    answered: list[Usage] = field(default_factory=list)
    tries: int = 0
    wait: float = 0.0

    def tried(self, said: "Said | None", seconds: float) -> None:
        """Count a try, in which the model said something or nothing."""
        self.tries += 1
        self.usage += (said.usage if said else Usage()).model_copy(update={"seconds": seconds})
        self.answered += [said.usage] if said else []

    def reply(self, told: Reply) -> Reply:
        """Return a reply with what it took."""
        return told.model_copy(update={"usage": self.usage, "tries": self.tries})


class _Run:
    """What the requests of one `answer` know of each other."""

    def __init__(self) -> None:
        self.ended = False
        self._lock = threading.Lock()
        self._hopeless: Trouble | None = None
        self._unreached = 0
        self._forbidden = 0

    def reached(self) -> None:
        """The server is there."""
        with self._lock:
            self._unreached = self._forbidden = 0

    def failed(self, met: Trouble, too_long: bool) -> None:
        """Look whether the other requests would fare the same; `too_long`: the server asks for too long a wait."""
        with self._lock:
            self._unreached = self._unreached + 1 if met.failure in _GONE else 0
            self._forbidden = self._forbidden + 1 if met.failure is Failure.FORBIDDEN else 0
            if met.hopeless or too_long or self._unreached >= UNREACHED or self._forbidden >= FORBIDDEN:
                self._hopeless = met

    def given_up(self) -> Reply | None:
        """Return why nothing more is sent, or None."""
        if self.ended:
            return Reply(failure=Failure.INTERRUPTED)
        met = self._hopeless
        return Reply(failure=met.failure, detail=f"not sent after this: {met.detail}") if met else None


def _object(said: "Said", lenient: bool) -> dict[str, object] | None:
    """Return the object that the model gave. Not leniently: only as the form was asked for, nothing around it."""
    if said.arguments is not None:
        return plain(said.arguments)
    return object_in(said.text) if lenient else whole_object(said.text)


TRIAL = Request(
    task="trial",
    messages=(
        Message(role="system", text="You check a connection. Answer in JSON of the form asked for."),
        Message(role="user", text='Set "ready" to true.'),
    ),
    form={
        "type": "object",
        "properties": {"ready": {"type": "boolean"}},
        "required": ["ready"],
        "additionalProperties": False,
    },
    form_name="trial",
)
