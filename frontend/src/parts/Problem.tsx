import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../chain/problem";
import { core } from "../words/core";
import { type Sentences, fetchSentences } from "../words/sentences";

/** The sentence for a problem. What contracts refuse is told by words that are fetched when they are first needed. */
export function ProblemText({ problem }: { problem: Problem }) {
  const [sentences, setSentences] = useState<Sentences | null>(null);
  const isNamed = problem.kind === "refused" || problem.kind === "office";
  useEffect(() => {
    if (isNamed) fetchSentences().then(setSentences, () => {});
  }, [isNamed]);
  const w = core().problem;
  switch (problem.kind) {
    case "refused":
      return <>{sentences?.ofRefusal(problem.refusal) ?? w.refused(problem.refusal.name)}</>;
    case "office":
      return <>{sentences?.ofCode(problem.code) ?? w.office(problem.code)}</>;
    case "town":
      return <>{w.town(problem.detail)}</>;
    case "told":
      return <>{problem.sentence}</>;
    default:
      return <>{w[problem.kind]}</>;
  }
}
