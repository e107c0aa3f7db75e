"""Flows between neighbours: what is measured, who owes whom, and what anyone can verify of it."""
