import { type ComponentChildren, toChildArray } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Draws its children one after another, each in a task of its own: between two of them the page answers. */
export function InTurn({ children }: { children: ComponentChildren }) {
  const all = toChildArray(children);
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn >= all.length) return;
    const next = setTimeout(() => setDrawn(drawn + 1));
    return () => clearTimeout(next);
  }, [drawn, all.length]);
  return <>{all.slice(0, drawn)}</>;
}
