/** A register of acts: its files, compared with the chain, or with what the town published where no node answers. */
import { type Address, getAbiItem, isAddressEqual } from "viem";
import { at } from "../chain/client";
import { blockTimes, logs } from "../chain/logs";
import { attestationsAbi } from "../generated/Attestations";
import { type ActsAudit, type IssuedBatch, auditActs } from "./paper/actaudit";
import type { PublishedActs } from "./paper/actsfile";
import { PaperError } from "./paper/faults";
import { type PublishedRegister, published, publishedActs } from "./published";
import { faultTold } from "./told";

const ISSUED = getAbiItem({ abi: attestationsAbi, name: "Issued" });

export interface ReadRegister {
  register: PublishedRegister;
  audit: ActsAudit;
  /** Files that are none, each with why. */
  unreadable: readonly { path: string; why: string }[];
  /** Null where a node was asked; else the unix seconds as of which the town tells. */
  asOf_s: number | null;
}

/** Every batch of a series, as the chain tells it. */
async function issuedBy(schema: number, issuer: Address): Promise<IssuedBatch[]> {
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

/** The town's registers; none where it published none. */
export async function readRegisters(): Promise<ReadRegister[]> {
  const all = await published();
  if (!all) return [];
  const read = await Promise.all(all.registers.map(async (register) => ({ register, ...(await filesOf(register)) })));
  return Promise.all(
    read.map(async ({ register, files, unreadable }) => {
      const { schema, issuer } = register;
      const listed = all.series.find((it) => it.schema === schema && isAddressEqual(it.issuer, issuer));
      const asked = await issuedBy(schema, issuer).catch(() => null);
      const elsewhere = new Set(read.flatMap((it) => (it.register === register ? [] : authorisedBy(it.files))));
      const calls = register.calls.filter(({ hash }) => !elsewhere.has(hash.toLowerCase()));
      return {
        register,
        audit: auditActs(asked ?? listed?.batches ?? [], files, calls),
        unreadable,
        asOf_s: asked ? null : all.at,
      };
    }),
  );
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

/** The hashes of the calls that acts authorise. */
const authorisedBy = (files: readonly PublishedActs[]): string[] =>
  files.flatMap(({ acts }) => acts.flatMap(({ values }) => values["authorises"]?.toLowerCase() ?? []));
