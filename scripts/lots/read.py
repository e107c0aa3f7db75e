"""Reads FILE, an EPCIS 2.0 document in XML or JSON-LD: each event with its standard hash, and what it says of lots.

Nothing is fetched, and nothing sent. An event that no lot can be followed by is refused, with what to say
instead: so is a GTIN, GLN or SSCC whose check digit is wrong, or a unit that is none.

\b
Example:
  ape run lots read march.epcis.xml

\b
A farm that milks 100 l and ships them to a dairy writes, as milk.epcis.json:
{"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
 "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-03-14T09:00:00.000+01:00",
 "epcisBody": {"eventList": [
  {"type": "ObjectEvent", "action": "ADD", "bizStep": "commissioning",
   "eventTime": "2026-03-14T06:00:00.000+01:00", "eventTimeZoneOffset": "+01:00",
   "readPoint": {"id": "https://id.gs1.org/414/3012345000017"},
   "quantityList": [{"epcClass": "https://id.gs1.org/01/03012345000017/10/L1", "quantity": 100, "uom": "LTR"}]},
  {"type": "ObjectEvent", "action": "OBSERVE", "bizStep": "shipping",
   "eventTime": "2026-03-14T07:00:00.000+01:00", "eventTimeZoneOffset": "+01:00",
   "readPoint": {"id": "https://id.gs1.org/414/3012345000017"},
   "quantityList": [{"epcClass": "https://id.gs1.org/01/03012345000017/10/L1", "quantity": 100, "uom": "LTR"}],
   "sourceList": [{"type": "possessing_party", "source": "https://id.gs1.org/417/3012345000017"}],
   "destinationList": [{"type": "possessing_party", "destination": "https://id.gs1.org/417/3012345000024"}]}
]}}

Where: readPoint. How much: quantity, a number without quotes; uom, a unit of UN/CEFACT's Recommendation 20, as
LTR, KGM; without one it is pieces. What comes of what is a TransformationEvent: docs/provenance.md has one.
"""

from pathlib import Path

import click

from beffroi.cli.command import PlainCommand
from beffroi.cli.lots import tell_alone, tell_event
from beffroi.cli.options import EXISTING
from beffroi.records.lots.epcis import read_epcis
from beffroi.records.lots.epcisread import read_events


@click.command(cls=PlainCommand, help=__doc__)
@click.argument("file", type=EXISTING)
def cli(*, file: Path) -> None:
    events = read_events(read_epcis(file))
    for number, event in enumerate(events, 1):
        tell_event(number, event)
    tell_alone(events)
