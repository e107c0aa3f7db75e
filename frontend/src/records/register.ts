/** A register of acts: its files, compared with the chain, or with what the site tells where no node answers. */
import { type Address, getAbiItem, isAddressEqual } from "viem";
import { at } from "../chain/client";
import { blockTimes, logs } from "../chain/logs";
import { attestationsAbi } from "../generated/Attestations";
import { takenBack } from "./chain/attested";
import { type Carried, callsOf, carriedOut } from "./chain/carried";
import { type SeriesName, seriesOfActs } from "./chain/series";
import { type ActsAudit, type Call, type IssuedBatch, auditActs, authorisedBy } from "./paper/actaudit";
import type { PublishedActs } from "./paper/actsfile";
import { PaperError } from "./paper/faults";
import { type PublishedRegister, listedBack, published, publishedActs } from "./published";
import { faultTold } from "./told";

const ISSUED = getAbiItem({ abi: attestationsAbi, name: "Issued" });

export interface ReadRegister {
  register: PublishedRegister;
  audit: ActsAudit;
  /** Calls that an act of another register authorises, with whose that is. */
  elsewhere: readonly { call: Call; issuer: Address }[];
  /** Files that are none, each with why. */
  unreadable: readonly { path: string; why: string }[];
  /** Null where a node was asked; else the unix seconds as of which the site tells. */
  asOf_s: number | null;
}

export interface Registers {
  shown: readonly ReadRegister[];
  /** Series of acts on the chain of which this site shows nothing; null where no node answers. */
  unshown: readonly SeriesName[] | null;
}

/** What a node says of all registers. */
interface Asked {
  carried: readonly Carried[];
  /** Of each register: what was issued, and what was taken back of what its files hold. */
  series: readonly { issued: readonly IssuedBatch[]; back: Pick<ReadonlySet<number>, "has"> }[];
  /** Every series of acts. */
  ofActs: readonly SeriesName[];
}

/** Every batch of a series, as the chain tells it. */
async function issuedBy({ schema, issuer }: SeriesName): Promise<IssuedBatch[]> {
  const { address } = at("Attestations", attestationsAbi);
  const found = await logs({ address, event: ISSUED, args: { schema: BigInt(schema), issuer } });
  const times = await blockTimes(found.map(({ blockNumber }) => blockNumber));
  return found.map(({ args, blockNumber }) => ({
    root: args.root,
    first: Number(args.first),
    count: Number(args.count),
    issued: times.get(blockNumber) ?? 0,
  }));
}

async function ask(
  registers: readonly { register: PublishedRegister; files: readonly PublishedActs[] }[],
): Promise<Asked> {
  const asked = registers.map(async ({ register, files }) => {
    const [issued, back] = await Promise.all([
      issuedBy(register),
      takenBack(register.schema, register.issuer, placesIn(files)),
    ]);
    return { issued, back };
  });
  const [carried, ofActs, series] = await Promise.all([carriedOut(), seriesOfActs(), Promise.all(asked)]);
  return { carried, ofActs, series };
}

const placesIn = (files: readonly PublishedActs[]): number[] =>
  files.flatMap(({ acts }) => acts.map(({ place }) => place));

const isSame = (one: SeriesName, other: SeriesName): boolean =>
  one.schema === other.schema && isAddressEqual(one.issuer, other.issuer);

/** The registers that the site shows, and those that it does not. */
export async function readRegisters(): Promise<Registers> {
  const all = await published();
  const registers = all?.registers ?? [];
  const read = await Promise.all(registers.map(async (register) => ({ register, ...(await filesOf(register)) })));
  const asked = await ask(read).catch(() => null);
  const audits = await Promise.all(
    read.map(async ({ register, files }, place) => {
      const listed = all?.series.find((it) => isSame(it, register));
      const { issued, back } = asked?.series[place] ?? {
        issued: listed?.batches ?? [],
        back: listed ? await listedBack(listed, placesIn(files)) : new Set<number>(),
      };
      const calls = asked
        ? callsOf(asked.carried, register.calls)
        : register.calls.map((it) => ({ ...it, isToldOnly: true }));
      return { register, audit: auditActs(issued, files, calls, back) };
    }),
  );
  const shown = audits.map(({ register, audit }, place): ReadRegister => {
    const others = audits.filter((it) => it.register !== register);
    const { problems, elsewhere } = apart(audit, others);
    const asOf_s = asked ? null : (all?.at ?? 0);
    return { register, audit: { ...audit, problems }, elsewhere, unreadable: read[place]?.unreadable ?? [], asOf_s };
  });
  const unshown = asked?.ofActs.filter((it) => !registers.some((register) => isSame(it, register))) ?? null;
  return { shown, unshown };
}

/** What no act of a register authorises, without what an act of another does that stands on the chain. */
function apart(
  { problems }: ActsAudit,
  others: readonly { register: PublishedRegister; audit: ActsAudit }[],
): Pick<ActsAudit, "problems"> & Pick<ReadRegister, "elsewhere"> {
  const issuers = new Map(
    others.flatMap(({ register, audit }) =>
      audit.acts.flatMap(({ act, problems: own }) => {
        const hash = authorisedBy(act);
        return hash && !own.some(({ kind }) => kind === "takenBack") ? [[hash, register.issuer] as const] : [];
      }),
    ),
  );
  const elsewhere = problems.flatMap((it) => {
    const issuer = it.kind === "unauthorised" ? issuers.get(it.call.hash.toLowerCase()) : undefined;
    return it.kind === "unauthorised" && issuer ? [{ call: it.call, issuer }] : [];
  });
  const calls = new Set(elsewhere.map(({ call }) => call));
  return { problems: problems.filter((it) => it.kind !== "unauthorised" || !calls.has(it.call)), elsewhere };
}

async function filesOf({ acts }: PublishedRegister): Promise<{
  files: readonly PublishedActs[];
  unreadable: ReadRegister["unreadable"];
}> {
  const files: PublishedActs[] = [];
  const unreadable: { path: string; why: string }[] = [];
  for (const path of acts) {
    try {
      const file = await publishedActs(path);
      if (file) files.push(file);
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      unreadable.push({ path, why: faultTold(error.fault) });
    }
  }
  return { files, unreadable };
}
