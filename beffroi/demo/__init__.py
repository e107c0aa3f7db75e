"""A few weeks in an example town, lived through on an embedded chain with the library that real towns use."""
