"""The terminal's side: options, sentences instead of tracebacks, progress, tables, ape's accounts.

Nothing else in `beffroi` imports click, rich or ape: the library raises, returns, and tells callbacks how far it is.
"""
