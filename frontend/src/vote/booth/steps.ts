/** What a trustee does next in a ceremony, by what was said and her secret; pure, and safe to make again. */
import { type Bytes, type Hex, same, toHex } from "../ballot/bytes";
import type { CeremonyReplay } from "../ballot/replay";
import type { Deal } from "../ballot/ceremony";
import { unmask, placeOf, TrusteeKeys } from "../ballot/keys";
import { complaint, dealHash, enrolment, makeDeal } from "../ballot/dealing";
import { type Point, xOf, yOf } from "../ballot/group";
import type { Phase } from "./ceremonies";
import { RecordFault } from "./record";

export interface Stepping {
  ceremony: number;
  account: Bytes;
  phase: Phase;
  keyFile: string;
  password: string;
}

interface Xy {
  x: bigint;
  y: bigint;
}

const xy = (point: Point): Xy => ({ x: xOf(point), y: yOf(point) });

/** As `IKeyCeremony.Deal`. */
interface DealTuple {
  commitments: readonly Xy[];
  ephemeral: Xy;
  secretProof: { e: bigint; z: bigint };
  ephemeralProof: { e: bigint; z: bigint };
  shares: readonly bigint[];
}

const tupleOf = ({ commitments, ephemeral, secretProof, ephemeralProof, shares }: Deal): DealTuple => ({
  commitments: commitments.map(xy),
  ephemeral: xy(ephemeral),
  secretProof,
  ephemeralProof,
  shares,
});

/** A trustee's next call: its arguments after the ceremony and her index. */
export type Step =
  | { kind: "enrol"; index: number; key: Xy; proof: { e: bigint; z: bigint } }
  | { kind: "commit"; index: number; hash: Hex }
  | { kind: "deal"; index: number; deal: DealTuple }
  | {
      kind: "complain";
      index: number;
      dealer: number;
      deal: DealTuple;
      key: Xy;
      dh: Xy;
      proof: { e: bigint; w: bigint; p: Xy };
    }
  /** Every share that she was sent is right. */
  | { kind: "allRight"; index: number; checked: number }
  /** It is too late for her, or not her turn. */
  | { kind: "nothing"; index: number };

/** @throws RecordFault when the account is no trustee here, or enrolled with another key file. */
export function stepOf(replay: CeremonyReplay, { account, phase }: Stepping, secret: Bytes): Step {
  const { ceremony, enrolled } = replay;
  const index = ceremony && placeOf(ceremony, account);
  if (!ceremony || index === null) throw new RecordFault("notCalled");
  const keys = new TrusteeKeys(ceremony, index, secret);
  const known = enrolled.get(index);
  if (known && !same(known, keys.encryption)) throw new RecordFault("otherKey");
  if (phase === "enrolment" && !known) {
    const { key, proof } = enrolment(ceremony, keys);
    return { kind: "enrol", index, key: xy(key), proof };
  }
  if (!known) return { kind: "nothing", index };
  if (phase === "commit" || phase === "deal") {
    const deal = makeDeal(ceremony, keys, enrolled);
    if (phase === "deal") return { kind: "deal", index, deal: tupleOf(deal) };
    return { kind: "commit", index, hash: toHex(dealHash(ceremony, index, deal)) };
  }
  return phase === "complaints" ? checkOf(replay, keys) : { kind: "nothing", index };
}

/** A complaint of the first dealer who sent this trustee a wrong share. */
function checkOf({ ceremony, qualified }: CeremonyReplay, keys: TrusteeKeys): Step {
  const { index } = keys;
  const others = [...qualified].filter(([dealer]) => dealer !== index);
  const wrong = ceremony && others.find(([dealer, deal]) => unmask(ceremony, keys, dealer, deal) === null);
  if (!wrong) return { kind: "allRight", index, checked: others.length };
  const [dealer, deal] = wrong;
  const [dh, { e, w, p }] = complaint(ceremony, keys, dealer, deal);
  const told = { key: xy(keys.encryption), dh: xy(dh), proof: { e, w, p: xy(p) } };
  return { kind: "complain", index, dealer, deal: tupleOf(deal), ...told };
}
