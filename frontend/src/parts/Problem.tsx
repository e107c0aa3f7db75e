import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../chain/problem";
import { core } from "../words/core";

type Texts = typeof import("../words/refusals");

/** The sentence for a problem. What contracts refuse is told by words that are fetched when they are first needed. */
export function ProblemText({ problem }: { problem: Problem }) {
  const [texts, setTexts] = useState<Texts | null>(null);
  const isNamed = problem.kind === "refused" || problem.kind === "office";
  useEffect(() => {
    if (isNamed)
      void import("../words/refusals").then(
        (found) => setTexts(() => found as never),
        () => {},
      );
  }, [isNamed]);
  const w = core().problem;
  switch (problem.kind) {
    case "refused":
      return <>{texts?.refusalText(problem.refusal) ?? w.refused(problem.refusal.name)}</>;
    case "office":
      return <>{texts?.officeText(problem.code) ?? w.office(problem.code)}</>;
    case "town":
      return <>{w.town(problem.detail)}</>;
    default:
      return <>{w[problem.kind]}</>;
  }
}
