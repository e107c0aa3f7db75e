import type { Choice } from "../ballot/questions";
import type { Subject } from "../ballot/subject";
import { ballot } from "../words/ballot";

/** What a choice says, a line an option. */
export function contents({ options, kind }: Subject, content: Choice): string[] {
  const w = ballot();
  if (typeof content === "number") return [options[content] ?? ""];
  const lines = options.flatMap((option, place) => {
    const value = content[place] ?? null;
    if (kind === "levels") return [`${option} : ${value === null ? w.booth.noOpinion : w.booth.levels[value]}`];
    if (!value) return [];
    return [kind === "points" ? `${option} : ${value}` : option];
  });
  return lines.length ? lines : [w.opened.nothing];
}
