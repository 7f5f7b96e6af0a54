"""Ask a language model one thing: whatever goes wrong is told in words, and nothing is lost by it."""

from dataclasses import dataclass

from notesense.core.invention import ordinary_words
from notesense.core.ports import LanguageModel
from notesense.core.replies import Template
from notesense.core.requests import Failure, Reply, Request
from notesense.errors import NoteSenseError


@dataclass(frozen=True)
class Script:
    """A prompt, and the words that are no names wherever a model's sentence begins with them."""

    template: Template
    common: frozenset[str] = frozenset()

    @property
    def ordinary(self) -> frozenset[str]:
        """The common words, and those that the prompt itself writes without a capital."""
        return self.common | ordinary_words(message.text for message in self.template.messages)


@dataclass(frozen=True)
class Told:
    """A model's reply with the name to show for it; `failure` says why there is no answer, or is None."""

    name: str
    reply: Reply
    failure: str | None = None

    @property
    def formless(self) -> str:
        """What is said of an answer that cannot be read."""
        return f"{self.name}: {Failure.FORMLESS.value}"


def reply_to(request: Request, model: LanguageModel) -> Told:
    """Return the model's reply to one request."""
    try:
        reply = next(iter(model.answer([request])), Reply(failure=Failure.NOT_SENT))
    except NoteSenseError as error:
        return Told(model.name, Reply(), f"{model.name}: {error.message} {error.fix}".rstrip(" ."))
    name = reply.model or model.name
    if reply.data is not None:
        return Told(name, reply)
    why = (reply.failure or Failure.FORMLESS).value
    return Told(name, reply, f"{name}: {why}" + (f" ({reply.detail})" if reply.detail else ""))
