"""Lots: what is made of what, who has it, which labels hold, whom a recall reaches. docs/provenance.md."""
