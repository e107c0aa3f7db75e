"use strict";
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const path = require("node:path");
const test = require("node:test");

const launcher = (args, input = "") =>
  spawnSync("node", [path.join(__dirname, "solc-launcher.cjs"), ...args], { input, encoding: "utf8" });

const contract = "// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n";
const compile = (sources) => {
  const settings = { evmVersion: "osaka", outputSelection: { "*": { "*": ["evm.bytecode.object"] } } };
  return JSON.parse(launcher(["--standard-json"], JSON.stringify({ language: "Solidity", sources, settings })).stdout);
};

test("it names its version as the native compiler does", () => {
  assert.match(launcher(["--version"]).stdout, /^Version: 0\.8\.37\+commit\.f401782d/m);
});

test("it compiles, and reads imports from node_modules by path", () => {
  const imported = 'import {IERC20} from "node_modules/@openzeppelin/contracts/token/ERC20/IERC20.sol";\n';
  const output = compile({ "Probe.sol": { content: `${contract}${imported}contract Probe { IERC20 public token; }` } });
  assert.equal(output.errors, undefined);
  assert.match(output.contracts["Probe.sol"].Probe.evm.bytecode.object, /^60/);
});

test("a missing import is the compiler's error, not a crash", () => {
  const output = compile({ "Probe.sol": { content: `${contract}import "./Absent.sol";` } });
  assert.match(output.errors[0].formattedMessage, /Absent\.sol.*no such file/s);
});

test("any other command is refused", () => {
  assert.equal(launcher(["--bin"]).status, 2);
});
