import type { Refusal } from "../chain/problem";
import type { ErrorName } from "../generated/errors";
import { words } from ".";
import { office as officeEn } from "./en/office";
import { refusals as en } from "./en/refusals";
import { refusals as deskEn } from "../desks/words/en/refusals";
import { office as officeFr } from "./fr/office";
import { refusals as fr } from "./fr/refusals";
import { refusals as deskFr } from "../desks/words/fr/refusals";

/** A sentence for custom errors, by name: what it means and what to do. A name that no contract has does not compile. */
export type Refusals = Partial<Record<ErrorName, (...args: readonly unknown[]) => string>>;

const own = words<Refusals>(fr, en);
const desk = words<Refusals>(deskFr, deskEn);
const offices = words(officeFr, officeEn);
const others: (() => Refusals)[] = [];

/** Adds a module's sentences; called by its views' files, once each. */
export function tellRefusals(module: () => Refusals): void {
  if (!others.includes(module)) others.push(module);
}

/** What a contract's refusal means; null where nobody wrote it down. */
export function refusalText({ name, args }: Refusal): string | null {
  for (const sentences of [own, ...others, desk]) {
    const known = sentences();
    if (Object.hasOwn(known, name)) return known[name as ErrorName]?.(...args) ?? null;
  }
  return null;
}

/** What a code of the post office means; null where nobody wrote it down. */
export function officeText(code: string): string | null {
  const texts: Record<string, string> = offices();
  return Object.hasOwn(texts, code) ? (texts[code] ?? null) : null;
}
