/** What the chain says of batches published whole, now: whether they are there, and what was taken back since. */
import { type Address, getAbiItem } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { blockTimes, logs } from "../../chain/logs";
import { attestationsAbi } from "../../generated/Attestations";
import type { Hex } from "../../vote/ballot/bytes";
import type { Definition } from "../paper/definition";
import type { OpenBatch } from "../paper/openbatch";
import type { PaperRef } from "../paper/paper";
import { BITS, type TakenBack, schemasOpened, seriesOf, takenBack } from "./attested";

const ACCREDITED = getAbiItem({ abi: attestationsAbi, name: "Accredited" });
const REVOKED = getAbiItem({ abi: attestationsAbi, name: "Revoked" });

/** A series as it stands. */
export interface SeriesNow {
  schema: number;
  issuer: Hex;
  /** Who signs for it. */
  key: Hex;
  /** Unix seconds until which it is accredited. */
  until_s: number;
  /** The number of its next paper. */
  next: number;
  /** Of the papers that were asked for. */
  back: ReadonlyMap<number, TakenBack>;
}

/** What stands of a batch. */
export interface BatchNow {
  /** Whether it was issued, at its place. */
  isIssued: boolean;
  /** Unix seconds of the block in which it was issued; null where it was not. */
  issued_s: number | null;
  /** As the schema was opened; null where its URI does not hold it, or there is none. */
  definition: Definition | null;
  /** Who opened it. */
  accreditor: Hex | null;
  /** Null where nobody was accredited by that name. */
  series: SeriesNow | null;
}

export const seriesKey = ({ schema, issuer }: { schema: number; issuer: string }): string =>
  `${schema}:${issuer.toLowerCase()}`;

/** Of each series of some batches, the numbers of their papers. */
export function numbersIn(batches: readonly OpenBatch[]): Map<string, { batch: OpenBatch; numbers: number[] }> {
  const found = new Map<string, { batch: OpenBatch; numbers: number[] }>();
  for (const batch of batches) {
    const numbers = batch.papers.map(({ ref }) => ref.number);
    const own = found.get(seriesKey(batch));
    if (own) own.numbers.push(...numbers);
    else found.set(seriesKey(batch), { batch, numbers });
  }
  return found;
}

async function seriesNow({ schema, issuer }: OpenBatch, numbers: readonly number[]): Promise<SeriesNow | null> {
  const [state, back] = await Promise.all([seriesOf(schema, issuer), takenBack(schema, issuer, numbers)]);
  return state && { ...state, schema, issuer, back };
}

/** When it was issued, unix seconds; null where it was not, at its place. */
async function issuedAt({ schema, issuer, root, first, papers }: OpenBatch): Promise<number | null> {
  const call = { functionName: "batchOf", args: [BigInt(schema), issuer, root] } as const;
  const batch = await readContract(chain(), { ...at("Attestations", attestationsAbi), ...call });
  return Number(batch.first) === first && Number(batch.count) === papers.length ? Number(batch.issuedAt) : null;
}

/** As a node tells it. */
export async function batchesNow(batches: readonly OpenBatch[]): Promise<BatchNow[]> {
  const asked = [...numbersIn(batches)].map(
    async ([key, { batch, numbers }]) => [key, await seriesNow(batch, numbers)] as const,
  );
  const [schemas, series, issued] = await Promise.all([
    schemasOpened(),
    Promise.all(asked),
    Promise.all(batches.map(issuedAt)),
  ]);
  const opened = new Map(schemas.map((it) => [it.schema, it] as const));
  const known = new Map(series);
  return batches.map((batch, place) => ({
    isIssued: (issued[place] ?? null) !== null,
    issued_s: issued[place] ?? null,
    definition: opened.get(batch.schema)?.definition ?? null,
    accreditor: opened.get(batch.schema)?.accreditor ?? null,
    series: known.get(seriesKey(batch)) ?? null,
  }));
}

/** The series of some schemas that hold papers, each with its next number. */
export async function seriesUnder(
  schemas: readonly number[],
): Promise<Pick<SeriesNow, "schema" | "issuer" | "next">[]> {
  const { address } = at("Attestations", attestationsAbi);
  if (schemas.length === 0) return [];
  const accredited = await logs({ address, event: ACCREDITED, args: { schema: schemas.map(BigInt) } });
  const named = new Map(
    accredited.map(({ args }) => {
      const name = { schema: Number(args.schema), issuer: args.issuer };
      return [seriesKey(name), name] as const;
    }),
  );
  const found = [...named.values()].map(async (name) => {
    const next = (await seriesOf(name.schema, name.issuer))?.next ?? 0;
    return next > 0 ? [{ ...name, next }] : [];
  });
  return (await Promise.all(found)).flat();
}

/** When a paper was revoked, unix seconds; null where no log tells. */
export async function revokedAt({ schema, issuer, number }: PaperRef): Promise<number | null> {
  const { address } = at("Attestations", attestationsAbi);
  const args = { schema: BigInt(schema), issuer: issuer as Address };
  const found = await logs({ address, event: REVOKED, args });
  const own = found.find(
    ({ args: told }) => Number(told.word) === Math.floor(number / BITS) && (told.bits >> BigInt(number % BITS)) & 1n,
  );
  if (!own) return null;
  return (await blockTimes([own.blockNumber])).get(own.blockNumber) ?? null;
}
