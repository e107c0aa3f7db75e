import { booth } from "./booth";
import { ACT, type Ceremony, type Part, type Trustee } from "./ceremonies";
import type { Signed } from "./keymaking";

/** A ceremony, and what its trustees are heard to have signed. */
export interface Heard extends Ceremony {
  trustees: readonly (Trustee & { shown: Part })[];
  /** Whether nothing else was told of them, and a key that is ready stands on it. */
  isBelieved: boolean;
}

/** Keys that stand on what was signed: nothing more comes. */
const sound = new Map<number, Signed>();

/** What trustees signed, as this device checks it. */
export async function hear(ceremony: Ceremony): Promise<Heard> {
  const { number } = ceremony;
  const signed = sound.get(number) ?? (await booth().ask("signed", number));
  if (signed.isSound) sound.set(number, signed);
  const acted = signed[ACT[ceremony.phase] ?? "acknowledged"];
  return {
    ...ceremony,
    isBelieved: ceremony.phase === "ready" ? signed.isSound : signed.isBelieved,
    trustees: ceremony.trustees.map((trustee, place) => {
      const has = (those: readonly number[]): boolean => those.includes(place + 1);
      return { ...trustee, shown: { hasActed: has(acted), isExcluded: has(signed.excluded) } };
    }),
  };
}
