"""Papers that show only what is asked, and the register of the town's acts: docs/papers-format.md."""
