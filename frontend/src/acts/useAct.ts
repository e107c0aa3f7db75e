import { useEffect, useMemo } from "preact/hooks";
import { Act } from "./act";

/** An act of a view; followed no more when the view closes. */
export function useAct(): Act {
  const act = useMemo(() => new Act(), []);
  useEffect(() => () => act.reset(), [act]);
  return act;
}
