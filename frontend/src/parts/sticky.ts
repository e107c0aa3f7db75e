import { useRef } from "preact/hooks";

/** True from the first time on: what one has acted in stays on the screen until one leaves, to say that it is done. */
export function useSticky(isTrue: boolean): boolean {
  const was = useRef(false);
  was.current ||= isTrue;
  return was.current;
}

/**
 * All that was ever in a list, by key, in its newest form: what leaves the list by an act says on its own card that it
 * is done.
 */
export function useStickyList<T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const seen = useRef(new Map<string, T>());
  for (const item of list) seen.current.set(keyOf(item), item);
  return [...seen.current.values()];
}
