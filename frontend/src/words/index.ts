import { effect } from "@preact/signals";
import { picklist } from "valibot";
import { keptSignal } from "../store/local";
import { LANGUAGES, type Language } from "./languages";

/** The first language that this browser's reader reads: another is used only when someone chooses it. */
function preferred(): Language {
  const read = new Set((globalThis.navigator?.languages ?? []).map((tag) => tag.slice(0, 2)));
  return (LANGUAGES.find(({ tag }) => read.has(tag)) ?? LANGUAGES[0]).tag;
}

export const language = keptSignal<Language>("language", picklist(LANGUAGES.map(({ tag }) => tag)), preferred());

/** The language of the moment as `Intl` names it. */
export const locale = (): string => LANGUAGES.find(({ tag }) => tag === language.value)?.locale ?? LANGUAGES[0].locale;

/** Keeps the document's language true, for screen readers and hyphenation. */
export function followLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value;
  });
}

/**
 * One set of words, in the language of the moment: `const w = money()`, then `w.pay.title` in a view.
 * `files` holds the set's words by `./<tag>/<set>.ts`, whatever the languages; every one has each key of the French by
 * type.
 */
export function words<Words>(files: Readonly<Record<string, Words>>): () => Words {
  const byTag = new Map(Object.entries(files).map(([file, its]) => [file.split("/")[1], its]));
  return () => {
    const found = byTag.get(language.value);
    if (!found) throw new Error(`no words in "${language.value}" beside ${Object.keys(files).join(", ")}`);
    return found;
  };
}
