import type { Refusal } from "../chain/problem";
import type { ErrorName } from "../generated/errors";
import type { RefusalSource } from "./refusal";

/** What contracts and the post office refuse, in words. */
export interface Sentences {
  /** What a contract's refusal means; null where nobody wrote it down. */
  ofRefusal: (refusal: Refusal) => string | null;
  /** What a code of the post office means; null where nobody wrote it down. */
  ofCode: (code: string) => string | null;
}

const COMMON: RefusalSource = () => import("./refusals");

let sources: readonly RefusalSource[] = [COMMON];

/** Whose sentences are looked through: the modules', as the shell lists them. */
export function tellRefusals(modules: readonly RefusalSource[]): void {
  sources = [COMMON, ...modules];
}

/** Fetches every sentence. */
export async function fetchSentences(): Promise<Sentences> {
  const [{ office }, ...all] = await Promise.all([import("./office"), ...sources.map((source) => source())]);
  return {
    ofRefusal: ({ name, args }) => {
      const told = all.map(({ refusals }) => refusals()).find((sentences) => Object.hasOwn(sentences, name));
      return told?.[name as ErrorName]?.(...args) ?? null;
    },
    ofCode: (code) => new Map(Object.entries(office())).get(code) ?? null,
  };
}
