// Fails when the JavaScript that a first visit loads weighs more than the budget: the entry, what it imports, and what
// it needs before the home page stands. Views, the map, ballots and the QR scanner come when they are opened.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 90_000;
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}manifest.json`, "utf8"));

function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) withImports(imported, seen);
  return seen;
}

const first = new Set();
for (const key of ["index.html", "src/shell/views/Home.tsx"]) withImports(key, first);
const weights = [...first]
  .map((key) => [manifest[key].file, gzipSync(readFileSync(dist + manifest[key].file), { level: 9 }).length])
  .sort(([, a], [, b]) => b - a);
const total = weights.reduce((sum, [, bytes]) => sum + bytes, 0);

for (const [file, bytes] of weights) console.log(`${String(bytes).padStart(8)}  ${file}`);
console.log(`${String(total).padStart(8)}  bytes of JavaScript, gzipped, for a first visit (${BUDGET_BYTES} allowed)`);
if (total > BUDGET_BYTES) process.exit(1);
