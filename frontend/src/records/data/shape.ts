/** The keys of a catalogue, as `dcat` writes them, and no others: portals read whatever stands beside them. */
import { array, check, literal, number, optional, pipe, record, strictObject, string, tuple, unknown } from "valibot";

/** In one language, so that no other says something else. */
const isOne = (it: object): boolean => Object.keys(it).length === 1;
const texts = pipe(
  record(string(), string()),
  check((it) => isOne(it)),
);
const words = pipe(
  record(string(), array(string())),
  check((it) => isOne(it)),
);
const AGENT = strictObject({ "@type": literal("foaf:Agent"), "foaf:name": string(), "dct:identifier": string() });
const named = (type: string) => strictObject({ "@type": literal(type), "skos:prefLabel": texts });
const FILE = strictObject({
  "@id": string(),
  "@type": literal("dcat:Distribution"),
  "dcat:accessURL": string(),
  "dcat:downloadURL": string(),
  "dcat:byteSize": string(),
  "dcat:mediaType": string(),
  "adms:status": string(),
  "spdx:checksum": strictObject({
    "@type": literal("spdx:Checksum"),
    "spdx:algorithm": literal("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
    "spdx:checksumValue": string(),
  }),
  "seal:paper": strictObject({
    "seal:contract": string(),
    "seal:schema": number(),
    "seal:issuer": string(),
    "seal:number": number(),
    "seal:batch": string(),
  }),
  "dct:license": optional(string()),
});
const VERSION = strictObject({
  "@id": string(),
  "@type": literal("dcat:Dataset"),
  "dct:title": texts,
  "dct:description": texts,
  "dcat:version": string(),
  "dcat:isVersionOf": string(),
  "dcat:previousVersion": optional(array(string())),
  "dcat:distribution": tuple([FILE]),
});
const DATA_SET = strictObject({
  "@id": string(),
  "@type": literal("dcat:Dataset"),
  "dct:identifier": string(),
  "dct:title": texts,
  "dct:description": texts,
  "dct:publisher": AGENT,
  "dct:language": string(),
  "dcat:theme": named("skos:Concept"),
  "dcat:keyword": words,
  "dct:spatial": named("dct:Location"),
  "dct:temporal": strictObject({
    "@type": literal("dct:PeriodOfTime"),
    "dcat:startDate": string(),
    "dcat:endDate": string(),
  }),
  "dct:issued": string(),
  "dct:modified": string(),
  "dct:accrualPeriodicity": string(),
  "dcat:landingPage": string(),
  "dcat:hasCurrentVersion": optional(string()),
  "dcat:distribution": optional(array(strictObject({ "@id": string() }))),
  "dcat:hasVersion": optional(array(VERSION)),
});
export const CATALOGUE = strictObject({
  "@context": unknown(),
  "@id": string(),
  "@type": literal("dcat:Catalog"),
  "dct:title": texts,
  "dct:description": texts,
  "dct:publisher": AGENT,
  "dct:language": string(),
  "dcat:dataset": array(DATA_SET),
});
