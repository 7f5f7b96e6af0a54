"""The time line, the trend of the pillars, and what is planned for paper."""

import datetime

import render_samples as samples
from notesense.core.note import Note
from notesense.core.picture import Contact, Pillar, Pillars, Quarter
from notesense.core.vocabulary import Channel
from notesense.render import outline, paper
from notesense.render.time_line import LONGEST, TimeLine, time_line
from notesense.render.trend import MOST_QUARTERS, pillar_rows

AS_OF = samples.DAY


def noted(days: int, channel: Channel = Channel.CALL, number: int = 1) -> Note:
    day = AS_OF - datetime.timedelta(days=days)
    return samples.note(number=number).model_copy(update={"date": day, "channel": channel, "id": f"n{days}-{number}"})


def drawn(*notes: Note, **changes: object) -> TimeLine:
    days = tuple(sorted({note.date for note in notes if note.date <= AS_OF}))
    contact = Contact(days=days, longest_gap=(days[0], days[1]), longest_gap_days=(days[1] - days[0]).days)
    picture = samples.briefing().model_copy(update={"contact": contact, **changes})
    line = time_line(picture, notes)
    assert line is not None
    return line


def test_a_row_a_channel_with_marks_in_per_cent() -> None:
    line = drawn(noted(100), noted(50, Channel.EMAIL), noted(0), renewal=None, meeting=None)
    assert [(row.code, row.live, [mark.place for mark in row.marks]) for row in line.contacts] == [
        ("call", True, [0.0, 100.0]),
        ("email", False, [50.0]),
    ]
    assert line.gap == (0.0, 50.0)
    assert line.title == "3 contacts from 2 Dec 2025 to 12 Mar 2026"
    assert [flag.code for flag in line.flags] == ["today"]


def test_notes_after_the_day_are_not_drawn() -> None:
    line = drawn(noted(100), noted(50), noted(-3), renewal=None, meeting=None)
    assert sum(mark.count for row in line.contacts for mark in row.marks) == 2


def test_marks_at_one_place_are_one_mark_with_its_number() -> None:
    line = drawn(noted(100), noted(50), noted(50, number=2), noted(49), renewal=None)
    marks = next(row.marks for row in line.contacts)
    assert [mark.count for mark in marks] == [1, 3]
    assert marks[1].told == "Call, 3 from 21 Jan 2026 to 22 Jan 2026"
    same = drawn(noted(100), noted(50), noted(50, number=2), renewal=None)
    assert same.contacts[0].marks[1].told == "Call, 21 Jan 2026 (2)"


def test_meeting_and_renewal_lie_ahead_and_a_far_renewal_is_told() -> None:
    soon = drawn(noted(100), noted(50), renewal=AS_OF + datetime.timedelta(days=100))
    assert [(flag.code, flag.place, flag.anchor) for flag in soon.flags][2] == ("renewal", 100.0, "end")
    far = drawn(noted(100), noted(50), renewal=datetime.date(2029, 1, 1))
    assert "renewal" not in [flag.code for flag in far.flags]
    assert "Renewal 1 Jan 2029, not drawn." in far.summary


def test_what_is_too_old_is_counted() -> None:
    line = drawn(noted(LONGEST + 500), noted(LONGEST + 400), noted(10), renewal=None, meeting=None)
    assert "2 contacts before 12 Mar 2024, not drawn." in line.summary
    assert line.gap is None
    assert len(line.ticks) <= 5


def test_without_notes_the_days_alone_are_drawn() -> None:
    line = time_line(samples.briefing(), ())
    assert line is not None
    assert [row.name for row in line.contacts] == ["Contact"]
    assert [row.code for row in line.signals] == ["good", "bad", "change"]
    bad = [month.told(line.signals) for month in line.months][-1]
    assert "Trouble" in bad


def test_one_day_is_no_line() -> None:
    alone = samples.briefing().model_copy(update={"contact": Contact(days=(AS_OF,)), "meeting": None, "renewal": None})
    assert time_line(alone, ()) is None
    assert time_line(alone.model_copy(update={"contact": Contact()}), ()) is None


def test_silent_quarters_are_kept_and_the_latest_stand() -> None:
    quarters = (Quarter(quarter="2023-Q1", good=1), Quarter(quarter="2025-Q2", bad=4))
    pillars = Pillars(service=Pillar(good=1, bad=4, quarters=quarters))
    shown, rows = pillar_rows(samples.briefing().model_copy(update={"pillars": pillars}))
    assert shown == ["2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]
    assert len(shown) == MOST_QUARTERS
    assert [bar.bad for bar in rows[2].bars] == [0, 0, 0, 0, 4, 0, 0, 0]
    assert rows[2].told == "1 good, 4 bad in all; 2026-Q1: silent"
    assert rows[0].told == "nothing good or bad was heard"
    assert pillar_rows(samples.briefing().model_copy(update={"pillars": Pillars()})) == ([], [])


def test_paper_cuts_a_long_briefing_and_says_what_is_left_out() -> None:
    made = samples.briefing()
    long = made.model_copy(update={"pains": made.pains * 40, "praise": made.praise * 40, "people": made.people * 40})
    sections = outline.sections(long)
    front = [one for one in sections if one.code in outline.FRONT]
    behind = [one for one in sections if one.code not in outline.FRONT]
    short = paper.plan(long.agenda, front, behind, drawn=8)
    assert 1 <= short.lines["fires"] < 40
    assert sum(short.lines[one.code] for one in behind) < 60
    whole = paper.plan(made.agenda, front[:1], [])
    assert whole.form == "whole"
    assert whole.slots == 4


def test_an_agenda_too_long_for_paper_loses_its_reasons_then_its_end() -> None:
    made = samples.agenda()
    item = made.items[0].model_copy(update={"minutes": 4})
    many = made.model_copy(update={"items": (item,) * 13, "minutes": 480})
    assert paper.plan(many, (), ()).form == "quoted"
    most = made.model_copy(update={"items": (item,) * 90, "minutes": 480})
    planned = paper.plan(most, (), ())
    assert planned.form == "brief"
    assert planned.slots < 40


def test_sections_of_which_nothing_is_printed_are_named() -> None:
    made = samples.briefing()
    sections = outline.sections(made)
    none = paper.Paper({one.code: 0 for one in sections}, 1, "whole", 1, 1, 1)
    assert "Competitors (1)" in none.left_out(sections)
