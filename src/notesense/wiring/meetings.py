"""The verbs before a meeting: briefing and agenda, and the playbook that they follow."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notesense.core.note import Note
from notesense.wiring.people import People

if TYPE_CHECKING:
    from notesense.core.agenda import Agenda
    from notesense.core.briefing import Briefing
    from notesense.core.calendar import Meeting
    from notesense.core.playbook import Playbook
    from notesense.core.week import Week


class Meetings(People):
    """What prepares meetings with the accounts of one data folder."""

    def playbook(self) -> "Playbook":
        """Return the team's playbook laid over the shipped one, or the shipped one alone."""
        from notesense.adapters.playbook import load as load_playbook

        return load_playbook(self.settings.playbook)

    def brief(
        self,
        account: str,
        *,
        as_of: datetime.date | None = None,
        meeting: datetime.date | None = None,
        renewal: datetime.date | None = None,
        minutes: int = 45,
        present: Sequence[str] = (),
        wording: str | None = None,
    ) -> "Briefing":
        """Return the briefing for an account as of a day (today), agenda included.

        Without `renewal` the day counts that is kept for the account. `present` is who of the customer's people will be
        there.

        With the wording `model` (default: the setting, else `playbook`) the chosen model words the agenda and sums up.
        """
        from notesense.core.briefing import Occasion
        from notesense.wiring.drafting import briefed

        occasion = Occasion(
            as_of=as_of or datetime.date.today(),
            meeting=meeting,
            renewal=renewal or self.renewal(account),
            minutes=minutes,
            present=tuple(present),
        )
        briefing = briefed(self, account, occasion, wording)
        self._tell_first(briefing)
        return briefing

    def agenda(
        self,
        account: str,
        *,
        as_of: datetime.date | None = None,
        minutes: int = 45,
        meeting: datetime.date | None = None,
        renewal: datetime.date | None = None,
        present: Sequence[str] = (),
        wording: str | None = None,
    ) -> "Agenda":
        """Return the discovery agenda alone; `renewal`, `present` and `wording` as for `brief`."""
        from notesense.core.briefing import Occasion
        from notesense.wiring.drafting import briefed

        occasion = Occasion(
            as_of=as_of or datetime.date.today(),
            meeting=meeting,
            renewal=renewal or self.renewal(account),
            minutes=minutes,
            present=tuple(present),
        )
        briefing = briefed(self, account, occasion, wording, prose=False)
        self._tell_first(briefing)
        return briefing.agenda

    def _tell_first(self, briefing: "Briefing") -> None:
        """Let `warn` hear when the notes begin, where they do so only after the day of the briefing."""
        if not briefing.notes:
            first = next((row.first_note for row in self.store.accounts() if row.name == briefing.account), None)
            if first is not None:
                self.warn(f"The first note of {briefing.account} is of {first}.")

    def meeting(
        self, file: Path, *, as_of: datetime.date | None = None, number: int | None = None, account: str | None = None
    ) -> "Meeting":
        """Return the next meeting of a calendar file as of a day (today), or that of this number, from 1.

        With an account, the next that names it, or that of an invitation which names none. Its attendees are those who
        are none of us. Raises InputError where it is not plain which is meant; `warn` hears what could not be read.
        """
        from notesense.wiring.calendars import next_meeting

        return next_meeting(self, file, as_of, number, self.account(account) if account else "")

    def week(
        self,
        file: Path,
        *,
        as_of: datetime.date | None = None,
        minutes: int | None = None,
        wording: str | None = None,
    ) -> "Week":
        """Return a briefing for each meeting of the coming seven days that names one known account.

        Without `minutes` each lasts as long as the calendar says. The others are listed with the reason.
        """
        from notesense.wiring.calendars import week

        return week(self, file, as_of, minutes, wording)

    def notes_by_id(self, account: str) -> dict[str, Note]:
        """Return an account's notes by their ids: what HTML needs to show a quote in its context."""
        return {note.id: note for note in self.store.notes(account)}
