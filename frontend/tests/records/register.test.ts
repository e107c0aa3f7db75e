/** The register in the page, over the files of a server that lies, beside a node that does not. */
import { type Hex, encodeFunctionData, encodeAbiParameters, keccak256, parseAbi } from "viem";
import { afterEach, describe, expect, it, vi } from "vitest";
import file from "../../../tests/vectors/town-acts.json?raw";
import type { IssuedBatch } from "../../src/records/paper/actaudit";
import { DELIBERATION } from "../../src/records/paper/actsfile";
import { schemaUri } from "../../src/records/paper/definition";
import type { Registers } from "../../src/records/register";
import { readTown } from "../../src/town/town";
import { TOWN } from "../town/published";
import { CONTRACT, ISSUER } from "./made";

interface Vector {
  files: ({ schema: number; issuer: Hex; acts: { values?: Record<string, string> }[] } & Record<string, unknown>)[];
  issued: IssuedBatch[];
}
const { files, issued } = JSON.parse(file) as Vector;
const [first] = files as [Vector["files"][number]];
const HOME = { schema: first.schema, issuer: first.issuer };
const FILES = Object.fromEntries(files.map((it, at) => [`acts/${at}.json`, it]));
const REGISTER = { ...HOME, acts: Object.keys(FILES), scdl: "x.csv" };

const LAND_TAX: Hex = `0x${"7a".repeat(20)}`;
const AUTHORITY: Hex = `0x${"70".repeat(20)}`;
const SAFE: Hex = `0x${"5a".repeat(20)}`;
const STRANGER: Hex = `0x${"bb".repeat(20)}`;
const EXECUTE = parseAbi(["function execute(address target, bytes data)", "function multicall(bytes[] data)"]);
const AT = 1_800_000_000;

const hashOf = (target: Hex, data: Hex): Hex =>
  keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "address" }, { type: "bytes" }], [31337n, target, data]));
/** What the first act that authorises something authorises: the vector names it by hash alone. */
const RATES = files.flatMap(({ acts }) => acts.flatMap(({ values }) => values?.["authorises"] ?? []))[0] as Hex;
const SECRET: Hex = "0x5ec4e7";

interface Sent {
  hash: Hex;
  to: Hex;
  input: Hex;
}
const SENT: Sent = { hash: `0x${"aa".repeat(32)}`, to: LAND_TAX, input: SECRET };
const listed = (hash: Hex, transaction: Hex) => ({ what: "LandTax.RatesSet", hash, transaction, at: AT });

interface Chain {
  sent?: readonly Sent[];
  /** Of each series, by issuer in small letters. */
  batches?: Readonly<Record<string, readonly IssuedBatch[]>>;
  revoked?: bigint;
  disowned?: readonly [bigint, bigint];
}

const OWN = { [HOME.issuer.toLowerCase()]: issued };

/** The registers as a page reads them that opens now; without a chain no node answers. */
async function registers(listing: unknown, published: object, node: Chain | null): Promise<Registers> {
  vi.resetModules();
  const texts = Object.fromEntries(
    Object.entries({ "records.json": listing, ...published }).map(([name, it]) => [name, JSON.stringify(it)]),
  );
  vi.stubGlobal("document", { getElementById: () => ({ textContent: JSON.stringify(texts) }) });
  const { sent = [], batches = OWN, revoked = 0n, disowned = [0n, 0n] } = node ?? {};
  const asked = (found: unknown) => (node ? Promise.resolve(found) : Promise.reject(new Error("no node")));
  vi.doMock("../../src/chain/client", () => ({
    at: () => ({ address: CONTRACT }),
    addressOf: () => CONTRACT,
    chain: () => ({}),
  }));
  vi.doMock("../../src/chain/logs", () => ({
    logs: ({ event, args }: { event: { name: string }; args?: { issuer?: string } }) => {
      const own = batches[args?.issuer?.toLowerCase() ?? ""] ?? [];
      const told: Record<string, unknown[]> = {
        Issued: own.map(({ root, first: from, count }, at) => ({
          args: { root, first: BigInt(from), count: BigInt(count) },
          blockNumber: BigInt(at),
        })),
        RatesSet: sent.map(({ hash }) => ({ transactionHash: hash, blockNumber: 90n })),
        SchemaOpened: [{ args: { schema: BigInt(HOME.schema), name: "acts", uri: schemaUri(DELIBERATION) } }],
        Accredited: Object.keys(batches).map((issuer) => ({ args: { schema: BigInt(HOME.schema), issuer } })),
      };
      return asked(told[event.name]);
    },
    blockTimes: () => asked(new Map([...issued.map((it, at) => [BigInt(at), it.issued] as const), [90n, AT] as const])),
  }));
  vi.doMock("viem/actions", () => ({
    getTransaction: (_: unknown, { hash }: { hash: Hex }) => asked(sent.find((it) => it.hash === hash)),
    getCode: () => asked("0x"),
    readContract: (_: unknown, { functionName }: { functionName: string }) =>
      asked(
        { disownedOf: disowned, marksOf: [revoked, 0n], seriesOf: { key: ISSUER, until: 0n, next: 9n } }[functionName],
      ),
  }));
  const town = await import("../../src/town/folder");
  const contracts = {
    ...TOWN.manifest.contracts,
    Town: { contract: "Town", address: AUTHORITY },
    LandTax: { contract: "LandTax", address: LAND_TAX },
    Attestations: { contract: "Attestations", address: CONTRACT },
  };
  town.setTown(readTown({ ...TOWN, paidIn: {}, manifest: { ...TOWN.manifest, contracts } }));
  const { readRegisters } = await import("../../src/records/register");
  return readRegisters();
}

const recordsOf = (...list: unknown[]) => ({
  format: "beffroi-records-1",
  chain: 31337,
  contract: CONTRACT,
  block: 9,
  at: AT,
  schemas: [],
  series: [],
  registers: list,
});
const unauthorised = ({ shown }: Registers): string[] =>
  shown.flatMap(({ audit }) => audit.problems.flatMap((it) => (it.kind === "unauthorised" ? it.call.transaction : [])));
const executed = ({ shown }: Registers) =>
  shown.flatMap(({ audit }) => audit.acts.flatMap(({ executedBy }) => executedBy));

/** An act of a stranger that authorises something, as a file of acts. */
function forged(authorises: Hex) {
  const open = files.flatMap(({ acts }) => acts).find(({ values }) => values?.["authorises"]) as {
    values: Record<string, string>;
  };
  return { ...first, issuer: STRANGER, first: 0, acts: [{ ...open, values: { ...open.values, authorises } }] };
}

describe("a register beside a node", () => {
  afterEach(() => {
    for (const it of ["../../src/chain/client", "../../src/chain/logs", "viem/actions"]) vi.doUnmock(it);
    vi.unstubAllGlobals();
  });

  it("tells a call that no act authorises, also where the site leaves it out", async () => {
    expect(unauthorised(await registers(recordsOf({ ...REGISTER, calls: [] }), FILES, { sent: [SENT] }))).toEqual([
      SENT.hash,
    ]);
  });

  it("is not told otherwise by a site that gives another hash for a call", async () => {
    const calls = [listed(RATES, SENT.hash)];
    const read = await registers(recordsOf({ ...REGISTER, calls }), FILES, { sent: [SENT] });
    expect(unauthorised(read)).toEqual([SENT.hash]);
    expect(executed(read)).toEqual([]);
  });

  it.each([
    ["execute", encodeFunctionData({ abi: EXECUTE, functionName: "execute", args: [LAND_TAX, SECRET] })],
    [
      "multicall",
      encodeFunctionData({
        abi: EXECUTE,
        functionName: "multicall",
        args: [[encodeFunctionData({ abi: EXECUTE, functionName: "execute", args: [LAND_TAX, SECRET] })]],
      }),
    ],
  ])("reads a call through the town's authority, by %s", async (_, input) => {
    const sent = [{ ...SENT, to: AUTHORITY, input }];
    const read = await registers(recordsOf({ ...REGISTER, calls: [] }), FILES, { sent });
    const [problem] = read.shown[0]?.audit.problems.filter(({ kind }) => kind === "unauthorised") ?? [];
    expect(problem).toMatchObject({ call: { hash: hashOf(LAND_TAX, SECRET), isToldOnly: false, at: AT } });
  });

  it("does not make an act carried out by a transaction that never was", async () => {
    const calls = [listed(RATES, `0x${"dd".repeat(32)}`)];
    const [register] = (await registers(recordsOf({ ...REGISTER, calls }), FILES, {})).shown;
    const told = register?.audit.acts.filter(({ act }) => act.values["authorises"] === RATES) ?? [];
    expect(
      told.map(({ executedBy, problems }) => [executedBy, problems.some(({ kind }) => kind === "notDone")]),
    ).toEqual(told.map(() => [[], true]));
    expect(told).not.toEqual([]);
  });

  it("takes the site's word for what went through another contract, and says so", async () => {
    const sent = [{ ...SENT, to: SAFE }];
    const calls = [listed(RATES, SENT.hash)];
    const read = await registers(recordsOf({ ...REGISTER, calls }), FILES, { sent });
    expect(executed(read)).toMatchObject([{ transaction: SENT.hash, isToldOnly: true }]);
    const silent = await registers(recordsOf({ ...REGISTER, calls: [] }), FILES, { sent });
    expect(unauthorised(silent)).toEqual([SENT.hash]);
  });

  it("is not emptied by a file of another register that is on no chain", async () => {
    const other = { ...REGISTER, schema: 99, issuer: STRANGER, acts: ["acts/f.json"], calls: [] };
    const read = await registers(
      recordsOf({ ...REGISTER, calls: [] }, other),
      { ...FILES, "acts/f.json": forged(hashOf(LAND_TAX, SECRET)) },
      { sent: [SENT] },
    );
    expect(read.shown[0]?.audit.problems).toContainEqual(expect.objectContaining({ kind: "unauthorised" }));
    expect(read.shown[0]?.elsewhere).toEqual([]);
  });

  it("names the register whose act authorises a call that its own do not", async () => {
    const { readActs } = await import("../../src/records/paper/actsfile");
    const theirs = forged(hashOf(LAND_TAX, SECRET));
    const { root } = readActs(JSON.stringify(theirs));
    const other = { ...REGISTER, issuer: STRANGER, acts: ["acts/f.json"], calls: [] };
    const batches = { ...OWN, [STRANGER]: [{ root, first: 0, count: 1, issued: 0 }] };
    const read = await registers(
      recordsOf({ ...REGISTER, calls: [] }, other),
      { ...FILES, "acts/f.json": theirs },
      { sent: [SENT], batches },
    );
    expect(read.shown[0]?.elsewhere).toMatchObject([{ call: { transaction: SENT.hash }, issuer: STRANGER }]);
  });

  it("tells which registers of the chain this site does not show", async () => {
    const unshown = (await registers(recordsOf(), FILES, {})).unshown;
    expect(unshown).toEqual([{ ...HOME, issuer: HOME.issuer.toLowerCase() }]);
    expect((await registers(recordsOf({ ...REGISTER, calls: [] }), FILES, {})).unshown).toEqual([]);
  });

  it.each([
    ["revoked", { revoked: (1n << 256n) - 1n }],
    ["disowned", { disowned: [0n, 9n] }],
  ] as const)("lets no act authorise anything that was %s", async (_, back) => {
    const sent = [{ ...SENT, to: SAFE }];
    const calls = [listed(RATES, SENT.hash)];
    const read = await registers(recordsOf({ ...REGISTER, calls }), FILES, { sent, ...back });
    expect(unauthorised(read)).toEqual([SENT.hash]);
    expect(executed(read)).toEqual([]);
  });

  it("says of all of it, where no node answers, that it is the site's word", async () => {
    const read = await registers(recordsOf({ ...REGISTER, calls: [listed(RATES, SENT.hash)] }), FILES, null);
    expect(read).toMatchObject({ unshown: null, shown: [{ asOf_s: AT }] });
  });
});
