/** The worker's jobs of a key ceremony: what its trustees signed, and what one of them says next. */
import { type Hex, toHex } from "../ballot/bytes";
import { makeKeyFile, newSecret, openKeyFile, signedBy } from "../ballot/keyfile";
import { phraseOf } from "../ballot/pins";
import { mostVouched } from "../ballot/replay";
import type { Progress } from "./auditing";
import { ceremonyOf, pinsOf, RecordFault, requirePinned } from "./record";
import { type Step, type Stepping, stepOf } from "./steps";

/** Who signed what in a ceremony, by the trustees' indices. */
export interface Signed {
  readonly enrolled: readonly number[];
  readonly committed: readonly number[];
  readonly dealt: readonly number[];
  readonly acknowledged: readonly number[];
  readonly excluded: readonly number[];
  readonly isBelieved: boolean;
  /** Whether the key stands on it. */
  readonly isSound: boolean;
}

export const keymaking = {
  /** What the trustees of a ceremony are heard to have signed. */
  async signed(ceremony: number): Promise<Signed> {
    const { enrolled, promised, deals, acknowledged, excluded, isBelieved, sound } = await ceremonyOf(ceremony);
    const [committed, dealt] = [[...promised.keys()], [...deals.keys()]];
    const who = { committed, dealt, enrolled: [...enrolled.keys()], acknowledged: [...acknowledged.keys()] };
    return { ...who, excluded: [...excluded], isBelieved, isSound: sound };
  },

  /** What a trustee says in this phase of a ceremony, from her key file, and at which contract. */
  async step(ask: Stepping, progress: Progress): Promise<{ step: Step; contract: Hex }> {
    const { secret, pins } = await openKeyFile(ask.keyFile, ask.password, progress);
    const replay = await ceremonyOf(ask.ceremony, pins.smart);
    await requirePinned(pins, replay);
    const step = stepOf(replay, ask, secret);
    if ("once" in step) {
      const { name, hash } = step.once;
      const before = signedBy(ask.keyFile, name);
      if (before && before !== hash) throw new RecordFault("signedOther");
    }
    return { step, contract: toHex(pins.ceremonies) };
  },

  /** A new key for a ceremony, as the file that keeps it, and the number to compare: nothing else of it stays here. */
  async newKey(
    ask: { ceremony: number; password: string; label: string },
    progress: Progress,
  ): Promise<{ file: string; phrase: string; smart: Hex[] }> {
    const pins = await pinsOf(await ceremonyOf(ask.ceremony));
    if (pins.smart.length > mostVouched(pins.threshold)) throw new RecordFault("tooSmart");
    const file = await makeKeyFile({ secret: newSecret(), pins }, ask.password, ask.label, progress);
    return { file, phrase: phraseOf(pins), smart: pins.smart.map(toHex) };
  },
};
