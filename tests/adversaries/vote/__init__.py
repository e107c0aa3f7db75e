"""Whoever runs the node against trustees, voters and auditors: a node that lies, and six attacks by its means."""
