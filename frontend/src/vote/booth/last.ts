import { ciphertextsOf } from "../ballot/ballot";
import { type Hex, keccak, toHex } from "../ballot/bytes";
import type { Event } from "../ballot/events";
import { leafOf, type Params } from "../ballot/params";
import { batchProof, EMPTY_LEAF, recordsOf } from "../ballot/records";
import { ballotLength } from "../ballot/rules";

/** The ballot of a voter that counts, with its proof in its batch. */
export function lastBallot(events: readonly Event[], params: Params, index: number) {
  const refused = new Set<string>();
  let last: { batch: bigint; ciphertexts: Hex; proof: Hex[] } | null = null;
  for (const event of events) {
    if (event.name === "refused") refused.add(`${event.batch}:${event.position}`);
    if (event.name !== "cast") continue;
    const batch = [...recordsOf(event.records, ballotLength(params.rule))];
    const isRefused = (position: number): boolean => refused.has(`${event.batch}:${position}`);
    const position = batch.findIndex((record, i) => record.index === index && !isRefused(i));
    const record = batch[position];
    if (!record) continue;
    const leaves = batch.map((it, i) =>
      isRefused(i)
        ? EMPTY_LEAF
        : leafOf(params.consultation, it.index, it.seq, keccak(ciphertextsOf(it.ballot, params.rule))),
    );
    last = {
      batch: BigInt(event.batch),
      ciphertexts: toHex(ciphertextsOf(record.ballot, params.rule)),
      proof: batchProof(leaves, position).map(toHex),
    };
  }
  return last;
}
