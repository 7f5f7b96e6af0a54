"""The command line: parse, call one verb, print what it returns, leave with an exit code."""
