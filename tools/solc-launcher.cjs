#!/usr/bin/env node
// npm's solc with the native compiler's manners, for machines where solc-select finds no native build.
// Speaks `--version` and `--standard-json`; the flags that forge and ape add are accepted and have no meaning here.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const root = process.env.BEFFROI_ROOT || path.resolve(__dirname, "..");
const solc = require(path.join(root, "node_modules", "solc"));
const args = process.argv.slice(2);

if (args.includes("--version")) {
  console.log("solc, the solidity compiler commandline interface");
  console.log(`Version: ${solc.version()}`);
} else if (args.includes("--standard-json")) {
  const valueOf = (flag) => args.flatMap((arg, i) => (arg === flag ? [args[i + 1]] : []));
  const folders = [...valueOf("--base-path"), ...valueOf("--include-path"), process.cwd(), root];
  const readImport = (name) => {
    const file = folders.map((folder) => path.resolve(folder, name)).find((candidate) => fs.existsSync(candidate));
    return file ? { contents: fs.readFileSync(file, "utf8") } : { error: `${name}: no such file` };
  };
  const input = fs.readFileSync(0, "utf8");
  process.stdout.write(solc.compile(input, { import: readImport }));
} else {
  console.error("solc launcher: only --version and --standard-json are supported");
  process.exitCode = 2;
}
