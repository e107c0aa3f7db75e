/** The catalogue's one context, word for word as `beffroi.records.opendata.dcat` has it. */
export const CONTEXT = {
  adms: "http://www.w3.org/ns/adms#",
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  spdx: "http://spdx.org/rdf/terms#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  seal: "urn:beffroi:seal:",
  "dct:title": {
    "@container": "@language",
  },
  "dct:description": {
    "@container": "@language",
  },
  "dcat:keyword": {
    "@container": "@language",
  },
  "skos:prefLabel": {
    "@container": "@language",
  },
  "adms:status": {
    "@type": "@id",
  },
  "dcat:accessURL": {
    "@type": "@id",
  },
  "dcat:downloadURL": {
    "@type": "@id",
  },
  "dcat:landingPage": {
    "@type": "@id",
  },
  "dcat:mediaType": {
    "@type": "@id",
  },
  "dcat:hasCurrentVersion": {
    "@type": "@id",
  },
  "dcat:isVersionOf": {
    "@type": "@id",
  },
  "dcat:previousVersion": {
    "@type": "@id",
  },
  "dct:accrualPeriodicity": {
    "@type": "@id",
  },
  "dct:language": {
    "@type": "@id",
  },
  "dct:license": {
    "@type": "@id",
  },
  "spdx:algorithm": {
    "@type": "@id",
  },
  "seal:batch": {
    "@type": "@id",
  },
  "dcat:startDate": {
    "@type": "xsd:date",
  },
  "dcat:endDate": {
    "@type": "xsd:date",
  },
  "dct:issued": {
    "@type": "xsd:date",
  },
  "dct:modified": {
    "@type": "xsd:date",
  },
  "dcat:byteSize": {
    "@type": "xsd:nonNegativeInteger",
  },
  "spdx:checksumValue": {
    "@type": "xsd:hexBinary",
  },
} as const;
