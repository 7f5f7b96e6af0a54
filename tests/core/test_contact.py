import datetime

import pytest

from small_accounts import AS_OF, Account, picture


class TestContact:
    def test_no_notes_leave_everything_unknown(self) -> None:
        shown = picture(Account())
        assert shown.contact.last_contact is None
        assert shown.gaps[0].code == "no_notes"
        assert shown.standing.type == "unknown"

    def test_the_last_year_of_all_has_no_renewal_after_it(self) -> None:
        last = datetime.date.max
        account = Account()
        for before in (800, 400, 5):
            account.note((AS_OF - last).days + before)
        patterns = picture(account, renewal=datetime.date(2026, 1, 1), as_of=last).contact.patterns
        assert "renewal_only" not in [one.code for one in patterns]

    def test_the_clock_counts_days(self) -> None:
        contact = picture(Account().note(100).note(60, channel="email").note(40).note(5, channel="memo")).contact
        assert contact.days_since_last_contact == 5
        assert contact.days_since_last_live_contact == 40
        assert contact.longest_gap_days == 40
        assert contact.usual_interval_days == 35
        assert contact.channel_mix == {"call": 2, "email": 1, "memo": 1}
        assert contact.patterns == ()

    def test_a_note_without_a_day_of_its_own_is_no_contact_of_the_day_on_which_it_came(self) -> None:
        contact = picture(Account().note(100).note(40).note(0, "they leave us").undated()).contact
        assert (contact.days_since_last_contact, contact.days_since_last_live_contact) == (40, 40)
        assert contact.channel_mix == {"call": 2}
        alone = picture(Account().note(0).undated()).contact
        assert (alone.days_since_last_contact, alone.last_live_contact) == (0, None)

    @pytest.mark.parametrize(
        ("notes", "pattern"),
        [
            ([(200, "call"), (100, "call")], "No contact for 100 days, since 2026-07-12."),
            ([(230, "call"), (160, "call"), (90, "call"), (20, "email")], None),
            ([(200, "call"), (20, "chat")], "No call or meeting for 200 days, since 2026-04-03."),
            ([(9, "call"), (6, "email"), (5, "email"), (2, "email")], "E-mail only since 2026-10-14: 3 e-mails, "),
            ([(300, "call"), (20, "call")], "Longest silence between two contacts: 280 days, 2025-12-24 to"),
        ],
    )
    def test_patterns_are_counts_with_dates(self, notes: list[tuple[int, str]], pattern: str | None) -> None:
        account = Account()
        for days, channel in notes:
            account.note(days, channel=channel)
        texts = [one.text for one in picture(account).contact.patterns]
        assert any(text.startswith(pattern) for text in texts) if pattern else texts == []

    def test_calls_and_meetings_have_a_clock_of_their_own(self) -> None:
        contact = picture(Account().note(100).note(90, channel="email").note(70).note(20)).contact
        assert (contact.usual_interval_days, contact.usual_live_interval_days) == (20, 40)
        assert contact.longest_live_gap_days == 50
        assert picture(Account().note(9, channel="email")).contact.longest_live_gap_days is None

    def test_the_channels_are_counted_by_quarter(self) -> None:
        mix = picture(Account().note(250).note(245, channel="email").note(9)).contact.channel_mix_by_quarter
        assert mix == {"2026-Q1": {"call": 1, "email": 1}, "2026-Q2": {}, "2026-Q3": {}, "2026-Q4": {"call": 1}}

    @pytest.mark.parametrize(
        ("days", "told"),
        [
            ((300, 290, 280, 270, 120, 40), "Contact has slowed: in the last 180 days usually 115 days lie"),
            ((300, 290, 280, 270, 170, 160, 150, 140), None),
            ((120, 100, 40), None),
            ((400, 380, 360), None),
        ],
    )
    def test_the_change_of_the_usual_interval(self, days: tuple[int, ...], told: str | None) -> None:
        account = Account()
        for one in days:
            account.note(one)
        texts = [one.text for one in picture(account).contact.patterns if one.code == "slowing"]
        assert [text[: len(told or "")] for text in texts] == ([told] if told else [])

    def test_since_when_there_is_only_e_mail(self) -> None:
        account = Account().note(30).note(30, channel="email").note(9, channel="email").note(8, channel="email")
        assert picture(account).contact.email_only_since is None
        assert picture(account.note(7, channel="email")).contact.email_only_since == AS_OF - datetime.timedelta(days=9)

    def test_an_account_of_e_mails_alone(self) -> None:
        account = Account().note(9, channel="email").note(8, channel="email").note(7, channel="email")
        assert picture(account).contact.email_only_since == AS_OF - datetime.timedelta(days=9)

    def test_back_dated_notes_and_two_of_one_day_count_by_their_days(self) -> None:
        contact = picture(Account().note(5).note(50).note(50, channel="support").note(20)).contact
        assert (contact.longest_gap_days, contact.usual_interval_days) == (30, 22)
        assert contact.channel_mix == {"call": 3, "support": 1}
        assert len(contact.days) == 3

    def test_before_the_first_note_nothing_is_known(self) -> None:
        shown = picture(Account().note(5), as_of=AS_OF - datetime.timedelta(days=6))
        assert (shown.contact.days, shown.people) == ((), ())
        assert shown.gaps[0].text == "There is no note up to 2026-10-14."

    @pytest.mark.parametrize(
        ("renewal", "days", "hit"),
        [
            (datetime.date(2026, 12, 31), (380, 340, 10), True),
            (datetime.date(2026, 12, 31), (380, 200, 150, 20), False),
            (datetime.date(2026, 12, 31), (380, 20), False),
            (datetime.date(2025, 12, 31), (380, 340, 10), True),
            (datetime.date(2028, 2, 29), (630, 610, 240), True),
            (datetime.date(2027, 1, 15), (366, 365, 0), True),
            (None, (380, 340, 10), False),
        ],
    )
    def test_renewal_only(self, renewal: datetime.date | None, days: tuple[int, ...], hit: bool) -> None:
        account = Account()
        for one in days:
            account.note(one)
        assert any(one.code == "renewal_only" for one in picture(account, renewal).contact.patterns) is hit
