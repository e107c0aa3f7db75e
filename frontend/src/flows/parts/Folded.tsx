import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** What is drawn when somebody opens it: the rows of a month take longer than a page may keep its reader waiting. */
export function Folded({ summary, children }: { summary: string; children: () => ComponentChildren }) {
  const [isDrawn, setDrawn] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setDrawn(currentTarget.open)}>
      <summary>{summary}</summary>
      {isDrawn && children()}
    </details>
  );
}
