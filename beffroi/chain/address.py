"""Addresses that mean something everywhere."""

ZERO_ADDRESS = "0x" + "00" * 20
"""Nobody's: what contracts say where there is no account, and where money comes from that is issued."""
