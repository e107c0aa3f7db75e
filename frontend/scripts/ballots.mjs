// Writes tests/vectors/ballots-typescript.json: ballots made here, which Python and the contract's verifier must
// accept.
//
//     node scripts/ballots.mjs
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport(fileURLToPath(new URL("../tests/vote/ballot/made.ts", import.meta.url)));
const target = new URL("../../tests/vectors/ballots-typescript.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(module.made(), null, 1)}\n`);
