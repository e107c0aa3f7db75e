/** What a trustee says next in a ceremony, by what was said and her secret; pure, and safe to make again. */
import { type Bytes, type Hex, same, toHex } from "../ballot/bytes";
import { type Ceremony, CeremonyError } from "../ballot/ceremony";
import type { CeremonyReplay } from "../ballot/replay";
import { placeOf, secretShare, TrusteeKeys, unmask } from "../ballot/keys";
import { acknowledgement, complaint, dealHash, enrolment, makeDeal } from "../ballot/dealing";
import { base, INFINITY, type Point, xOf, yOf } from "../ballot/group";
import { bitsOf, saying, settingHash, stepHash } from "../ballot/slips";
import type { Phase } from "./ceremonies";
import { RecordFault } from "./record";

export interface Stepping {
  ceremony: number;
  account: Bytes;
  phase: Phase;
  keyFile: string;
  password: string;
}

/** What may be said once under a name: a second saying beside it would look like a fault of hers. */
export interface Once {
  name: string;
  hash: Hex;
}

interface Xy {
  x: bigint;
  y: bigint;
}

const xy = (point: Point): Xy => ({ x: xOf(point), y: yOf(point) });

/** A trustee's next call: `said` are its arguments after the ceremony and her index, as `abi.encode` lays them out. */
export type Step =
  | { kind: "enrol" | "deal"; index: number; said: Hex }
  | { kind: "commit"; index: number; said: Hex; once: Once }
  | { kind: "complain"; index: number; said: Hex; dealer: number }
  | { kind: "acknowledge"; index: number; said: Hex; key: Xy; share: Xy; setting: Hex }
  /** Every share that she was sent is right. */
  | { kind: "allRight"; index: number; checked: number }
  /** It is too late for her, or not her turn. */
  | { kind: "nothing"; index: number };

/** @throws RecordFault when the account is no trustee here, enrolled with another key file, or the node tells what
 * trustees did not sign. */
export function stepOf(replay: CeremonyReplay, { account, phase }: Stepping, secret: Bytes): Step {
  const { ceremony, enrolled, promised } = replay;
  const index = ceremony && placeOf(ceremony, account);
  if (!ceremony || index === null) throw new RecordFault("notCalled");
  if (!replay.isBelieved) throw new RecordFault("unsigned");
  const keys = new TrusteeKeys(ceremony, index, secret);
  const known = enrolled.get(index);
  if (known && !same(known, keys.encryption)) throw new RecordFault("otherKey");
  if (phase === "enrolment" && !known) {
    const { key, proof } = enrolment(ceremony, keys);
    return { kind: "enrol", index, said: toHex(saying.enrol(key, proof)) };
  }
  if (!known) return { kind: "nothing", index };
  if (phase === "commit" || phase === "deal") {
    const deal = makeDeal(ceremony, keys, enrolled);
    const hash = dealHash(ceremony, index, deal);
    if (phase === "commit") return commitmentOf(ceremony, index, hash, bitsOf(enrolled.keys()));
    // Other keys than those for which she committed: the node tells two things.
    if (!same(promised.get(index) ?? INFINITY, hash)) throw new RecordFault("unsigned");
    return { kind: "deal", index, said: toHex(saying.deal(deal)) };
  }
  if (phase === "complaints") return checkOf(replay, keys);
  return phase === "acknowledgement" ? receiptOf(replay, keys) : { kind: "nothing", index };
}

function commitmentOf(ceremony: Ceremony, index: number, dealHash: Bytes, enrolled: number): Step {
  const said = saying.commit(dealHash, enrolled);
  const once = { name: `commit ${enrolled}`, hash: toHex(stepHash(ceremony, index, "commit", said)) };
  return { kind: "commit", index, said: toHex(said), once };
}

/** A complaint of the first dealer who sent this trustee a wrong share. */
function checkOf(replay: CeremonyReplay, keys: TrusteeKeys): Step {
  const { ceremony, deals, qualified } = replay;
  const { index } = keys;
  // With fewer deals the contract would have ended the ceremony: the node hides some.
  if (!ceremony || !replay.isProven || deals.size < ceremony.threshold) throw new RecordFault("unsigned");
  const others = [...qualified].filter(([dealer]) => dealer !== index);
  const wrong = others.find(([dealer, deal]) => unmask(ceremony, keys, dealer, deal) === null);
  if (!wrong) return { kind: "allRight", index, checked: others.length };
  const [dealer, deal] = wrong;
  const said = saying.complain(complaint(ceremony, keys, dealer, deal), keys.encryption, deal);
  return { kind: "complain", index, dealer, said: toHex(said) };
}

/** Her word for the key, where her key file opens her share of it. */
function receiptOf(replay: CeremonyReplay, keys: TrusteeKeys): Step {
  const { ceremony, keys: made, qualified } = replay;
  const { index } = keys;
  if (!ceremony || !made || !replay.agrees) throw new RecordFault("falseKey");
  const share = made.shares.get(index);
  if (!share || replay.acknowledged.has(index)) return { kind: "nothing", index };
  try {
    const own = secretShare(ceremony, keys, qualified);
    if (!same(base(own), share)) throw new RecordFault("falseKey");
    const said = toHex(saying.acknowledge(acknowledgement(ceremony, keys, made.h, own)));
    const setting = toHex(settingHash(ceremony));
    return { kind: "acknowledge", index, said, key: xy(made.h), share: xy(share), setting };
  } catch (error) {
    if (error instanceof CeremonyError) throw new RecordFault("wrongShare");
    throw error;
  }
}
