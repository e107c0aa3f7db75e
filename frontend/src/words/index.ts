import { effect } from "@preact/signals";
import { keptSignal } from "../store/local";

export type Language = "fr" | "en";

/** French first: another language is used only when someone chooses it, or reads no French. */
function preferred(): Language {
  const read = (globalThis.navigator?.languages ?? ["fr"]).map((tag) => tag.slice(0, 2));
  return read.includes("fr") || !read.includes("en") ? "fr" : "en";
}

export const language = keptSignal<Language>("language", preferred());

/** Keeps the document's language true, for screen readers and hyphenation. */
export function followLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value;
  });
}

/**
 * The words of a module, in the language of the moment: `const w = words(fr, en)`, then `w().pay.title` in a view.
 * English is complete by type: it has every key of the French, with the same parameters.
 */
export function words<Words>(fr: Words, en: NoInfer<Words>): () => Words {
  return () => (language.value === "fr" ? fr : en);
}
