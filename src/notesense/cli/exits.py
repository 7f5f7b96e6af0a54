"""The exit codes that scripts rely on."""

OK = 0
FAILED = 1
USAGE = 2
PARTLY = 3
INTERRUPTED = 130
