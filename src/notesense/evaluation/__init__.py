"""Scores of an engine against labelled notes: matching spans, then counting. Pure; knows no engine."""
