import type { ComponentChildren } from "preact";
import { core } from "../words/core";
import { Button } from "./Button";
import { Loading } from "./Loading";
import { ProblemText } from "./Problem";
import { Notice } from "./Notice";
import type { Read } from "./read";

/** Shows what was read, or that it is on its way, or why it cannot be had with a way to ask again. */
export function Reading<T>({ read, children }: { read: Read<T>; children: (value: T) => ComponentChildren }) {
  if (read.value !== undefined) return <>{children(read.value)}</>;
  if (!read.problem) return <Loading />;
  return (
    <Notice tone="bad">
      <p>
        <ProblemText problem={read.problem} />
      </p>
      <Button look="secondary" onClick={read.again}>
        {core().again}
      </Button>
    </Notice>
  );
}
