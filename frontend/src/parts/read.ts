import { useEffect, useRef, useState } from "preact/hooks";
import { type Problem, problemOf } from "../chain/problem";

/** What a view reads: on its way, there, or not to be had. An older value stays while a newer one is read. */
export type Read<T> = { value: T | undefined; problem: Problem | null; again: () => void };

/** Reads when the view opens and whenever a dependency changes (`head.value?.number` for "with each block"). */
export function useRead<T>(fetch: () => Promise<T>, dependencies: readonly unknown[]): Read<T> {
  const [state, setState] = useState<{ value: T | undefined; problem: Problem | null }>({
    value: undefined,
    problem: null,
  });
  const [round, setRound] = useState(0);
  const latest = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what to read again for is the caller's to say
  useEffect(() => {
    latest.current += 1;
    const mine = latest.current;
    fetch().then(
      (value) => mine === latest.current && setState({ value, problem: null }),
      async (error: unknown) => {
        const problem = await problemOf(error);
        if (mine === latest.current) setState((before) => ({ value: before.value, problem }));
      },
    );
  }, [...dependencies, round]);
  useEffect(
    () => () => {
      latest.current = -1;
    },
    [],
  );
  return { ...state, again: () => setRound((before) => before + 1) };
}
