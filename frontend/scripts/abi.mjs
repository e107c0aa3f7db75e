// Writes src/generated/<Contract>.ts: of each built contract, the entries that abi/<Contract>.json names, typed for
// viem; src/generated/errors.ts: every custom error of the town's contracts, so that any refusal can be told in words;
// and src/generated/audit.ts: every event, and the name of every function that changes something, for whoever audits.
//
// An entry is a name, or a signature where a function is overloaded. One that the contract does not have is an error.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { basename, join } from "node:path";
import { toFunctionSelector } from "viem";

const here = fileURLToPath(new URL("..", import.meta.url));
const built = join(here, "..", ".build", "__local__.json");
const target = join(here, "src", "generated");

function readBuilt() {
  try {
    return JSON.parse(readFileSync(built, "utf8")).contractTypes;
  } catch (error) {
    console.error(`The contracts are not built (${error.message}). Run \`make compile\` first.`);
    process.exit(1);
  }
}

const canonical = (input) =>
  input.type.startsWith("tuple") ? `(${input.components.map(canonical)})${input.type.slice(5)}` : input.type;
const signature = (entry) => `${entry.name}(${(entry.inputs ?? []).map(canonical)})`;

/** What viem needs of an entry, and nothing else: `internalType` alone would double the size. */
function lean(value) {
  if (Array.isArray(value)) return value.map(lean);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "internalType" && key !== "anonymous")
      .map(([key, inner]) => [key, lean(inner)]),
  );
}

function pick(contract, abi, wanted) {
  return wanted.map((name) => {
    const found = abi.filter((entry) => entry.type !== "error" && (signature(entry) === name || entry.name === name));
    if (found.length !== 1) {
      const choice = found.map(signature).join(", ") || "none";
      throw new Error(`abi/${contract}.json: \`${name}\` is ${found.length} entries of ${contract} (${choice})`);
    }
    return lean(found[0]);
  });
}

const contracts = readBuilt();
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const errors = new Map();
const events = {};
const functions = {};
for (const file of readdirSync(join(here, "abi")).sort()) {
  // `Town.desk.json` is a second list of Town's, for views of their own chunk: `TownDesk.ts`.
  const [contract, part = ""] = basename(file, ".json").split(".");
  const name = contract + part.charAt(0).toUpperCase() + part.slice(1);
  const abi = contracts[contract]?.abi;
  if (!abi) throw new Error(`abi/${file}: there is no built contract ${contract}`);
  const entries = pick(contract, abi, JSON.parse(readFileSync(join(here, "abi", file), "utf8")));
  const variable = `${name[0].toLowerCase()}${name.slice(1)}Abi`;
  writeFileSync(join(target, `${name}.ts`), `export const ${variable} = ${JSON.stringify(entries)} as const;\n`);
}
for (const [name, { sourceId, abi }] of Object.entries(contracts)) {
  if (!sourceId.startsWith("contracts/") || name.startsWith("I")) continue;
  for (const entry of abi) if (entry.type === "error") errors.set(signature(entry), lean(entry));
  // Libraries' events are emitted by the contracts that use them, which have them in their own ABI.
  const own = abi.filter((entry) => entry.type === "event");
  const acts = abi.filter((entry) => entry.type === "function" && !/view|pure/.test(entry.stateMutability));
  if (own.length > 0) events[name] = own.map(lean);
  if (acts.length > 0)
    functions[name] = Object.fromEntries(acts.map((entry) => [toFunctionSelector(entry), entry.name]));
}
const all = [...errors].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
const names = [...new Set(all.map((entry) => entry.name))];
writeFileSync(
  join(target, "errors.ts"),
  `export const errorsAbi = ${JSON.stringify(all)} as const;\n\nexport type ErrorName =\n${names.map((name) => `  | "${name}"`).join("\n")};\n`,
);
writeFileSync(
  join(target, "audit.ts"),
  `import type { AbiEvent } from "viem";

export const events: Readonly<Record<string, readonly AbiEvent[]>> = ${JSON.stringify(events)};

export const functions: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(functions)};
`,
);
