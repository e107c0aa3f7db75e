import { useCallback, useRef, useState } from "preact/hooks";
import { record, string, unknown } from "valibot";
import { keep, kept } from "./local";
import { type Fields, soundOf } from "./schema";

const STORED = record(string(), unknown());

/** What was kept of a form, as far as it is still of that form. */
export const keptDraft = <T extends object>(name: string, fields: Fields<T>): Partial<T> =>
  soundOf(fields, kept(`draft/${name}`, STORED, {}));

/**
 * A form's state that survives a lost connection and a closed page; `forget` when the act is done.
 * What is `given`, by a link for instance, comes before what was kept.
 */
export function useDraft<T extends object>(
  name: string,
  fields: Fields<T>,
  empty: T,
  given: Partial<T> = {},
): [draft: T, change: (part: Partial<T>) => void, forget: () => void] {
  const key = `draft/${name}`;
  const start = useRef(empty);
  const [draft, setDraft] = useState<T>(() => ({ ...empty, ...keptDraft(name, fields), ...given }));
  const change = useCallback(
    (part: Partial<T>) =>
      setDraft((before) => {
        const after = { ...before, ...part };
        keep(key, after);
        return after;
      }),
    [key],
  );
  const forget = useCallback(() => {
    keep(key, undefined);
    setDraft(start.current);
  }, [key]);
  return [draft, change, forget];
}
