"""Mutual credit: circles whose members pay each other by owing."""
