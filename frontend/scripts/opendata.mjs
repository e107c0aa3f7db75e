// Writes tests/vectors/open-data-typescript.json: a row shown here, which Python must read.
//
//     node scripts/opendata.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport(fileURLToPath(new URL("../tests/records/madedata.ts", import.meta.url)));
const vectors = JSON.parse(readFileSync(new URL("../../tests/vectors/open-data.json", import.meta.url), "utf8"));
const target = new URL("../../tests/vectors/open-data-typescript.json", import.meta.url);
writeFileSync(target, `${JSON.stringify({ row: module.madeRow(vectors, 1) }, null, 1)}\n`);
