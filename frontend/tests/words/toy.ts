/** A toy language, to see what adding one takes: every text of another language, marked. */

export const MARK = "xx:";

/**
 * The same words, each text marked, whatever they are nested in. The copy of the sources imports it.
 *
 * @public
 */
export function toy<Words>(words: Words): Words {
  const marked = (value: unknown): unknown => {
    if (typeof value === "string") return MARK + value;
    if (typeof value === "function") return (...args: unknown[]) => marked(value(...args));
    if (Array.isArray(value)) return value.map(marked);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
  };
  return marked(words) as Words;
}

/** Every text of some words, by the keys that lead to it; those that a function would write are not asked. */
export function* textsOf(words: unknown, path = ""): Generator<[path: string, text: string]> {
  if (typeof words === "string") yield [path, words];
  else if (words !== null && typeof words === "object")
    for (const [key, inner] of Object.entries(words)) yield* textsOf(inner, `${path}.${key}`);
}
