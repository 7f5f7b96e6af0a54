"""The exit codes that scripts rely on."""

OK = 0
FAILED = 1
PARTLY = 3
INTERRUPTED = 130
