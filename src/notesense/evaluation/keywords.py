"""The keywords baseline: a clause that holds a cue of a kind is claimed for that kind.

The cues are the plain words of the annotation guide's definitions and their nearest neighbours, written down once and
fitted to no data. It is a yardstick and stands beside every result; nothing else uses it.
"""

import re
import time
from collections.abc import Iterator, Sequence

from notesense.core.note import Note
from notesense.core.passages import passages_of
from notesense.core.signal import Draft, Drafts, Usage
from notesense.core.vocabulary import Kind

CUES: dict[Kind, str] = {
    Kind.EXPECTATION: """expect*, require*, need*, want*, must, should, have to, has to, insist*, demand*, assume*,
        hope*, hoping, wish*, would like, looking for, no later than, deadline, by the end of""",
    Kind.PAIN_POINT: """problem*, issue*, complain*, frustrat*, annoy*, unhappy, angry, upset, fail*, fault*, broke*,
        late, delay*, slow, missing, wrong, error*, defect*, leak*, crash*, down, outage*, risk*, struggl*, stopped,
        stops, damag*, lost, unacceptable, nobody""",
    Kind.LEADERSHIP_CHANGE: """leave*, leaving, left, resign*, retir*, promot*, appoint*, joins, joined, joining,
        take over, takes over, took over, taking over, successor, succession, replac*, new ceo, new cfo, new coo,
        new cio, new director, new head, new manager, new owner, new boss, reorgani*, restructur*, merge*, merging,
        acquire*, acquisition, step down, steps down, stepping down, sold to""",
    Kind.PRICE_VALUE: """price*, pricing, cost*, expensive, budget*, discount*, cheap*, cut, refund*, credit,
        invoice*, overcharg*, value for money, worth, return on, roi, too much, afford*, pay for, pays for, paying for,
        saving*""",
    Kind.COMMITMENT: """promis*, i'll, we'll, he'll, she'll, they'll, i will, we will, will send, will call, will get,
        agreed to, commit*, action, actions, next step, next steps, follow up, to send, get back to, undertake*,
        undertook""",
    Kind.STALLED_ADOPTION: """unused, not used, never used, nobody uses, isn't used, not using, aren't using,
        half implemented, half-implemented, half finished, half-finished, forgotten, gathering dust, unopened, shelf,
        shelved, not live, not yet live, not rolled out, not switched on, switched off, stalled, still in the box,
        still in boxes, logged in, logs in, never opened, never installed, never set up""",
    Kind.COMPETITOR: """competitor*, rival*, alternative*, other supplier*, other vendor*, other provider*,
        another supplier, another vendor, another provider, switch to, switching to, compared with, compare us, tender,
        quote from, offer from, pitched, pitching, trialling, trialing, approached by, second source""",
    Kind.OPPORTUNITY: """interested, interest in, expand*, expansion, new site, new plant, new project, new line,
        new need, new depot, new office, new store, new building, new warehouse, grow*, additional, extend*,
        what's next, what is next, pilot, upgrade*, opening a, second site, could you also, asked about, asked for,
        asked whether""",
    Kind.PRAISE: """happy, pleased, delighted, great, excellent, love*, impress*, work well, works well, working well,
        worked well, helped us, helps us, saved us, thank*, praise*, paid off, best, perfect, brilliant, satisfied,
        improv*, reliable""",
}
"""The cues of each kind; `*` stands for any ending."""


class Keywords:
    """Port `Engine` by cues alone. It names no attributes."""

    name = "keywords"
    version = "keywords-1"
    batch = 16

    def __init__(self) -> None:
        self._cues = {kind: _pattern(cues) for kind, cues in CUES.items()}

    def extract(self, notes: Sequence[Note]) -> Iterator[Drafts]:
        """Claim every clause for each kind of which it holds a cue."""
        for note in notes:
            began = time.perf_counter()
            found = tuple(
                Draft(kind=kind, quote=passage.text, passage=passage.ordinal, start=passage.start)
                for passage in passages_of(note)
                for kind, cue in self._cues.items()
                if cue.search(passage.text.replace("’", "'"))
            )
            yield Drafts(note_id=note.id, drafts=found, usage=Usage(seconds=time.perf_counter() - began))


def _pattern(cues: str) -> re.Pattern[str]:
    each = (r"\s+".join(map(re.escape, cue.split())).replace(r"\*", r"\w*") for cue in cues.split(","))
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)
