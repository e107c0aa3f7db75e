"""Open data: a catalogue, versions of data sets as papers, rows with their proof, sensors' days."""
