// Writes tests/vectors/papers-typescript.json: papers sealed, handed over and shown here, which Python must read.
//
//     node scripts/papers.mjs
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport(fileURLToPath(new URL("../tests/records/made.ts", import.meta.url)));
const target = new URL("../../tests/vectors/papers-typescript.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(await module.made(), null, 1)}\n`);
