"""Sample notes of two invented accounts, and the day they are looked at."""

AS_OF = "2026-10-20"
ACCOUNT = "Corriebank Board"
MEETING = "2026-10-23"
RENEWAL = "2026-12-31"
