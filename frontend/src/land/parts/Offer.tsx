import { useState } from "preact/hooks";
import { type Problem, problemOf } from "../../chain/problem";
import { Button, ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { link } from "../../router";
import { land } from "../words/land";
import type { Deed } from "../reading";

interface Offered {
  offer: () => Promise<Deed>;
  label: string;
  drawn: Deed | null;
  setDrawn: (deed: Deed) => void;
}

/** Hands a deed in for signing, and leads to it. */
export function Offer({ offer, label, drawn, setDrawn }: Offered) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await offer().then(setDrawn, async (error: unknown) => setProblem(await problemOf(error)));
    setBusy(false);
  };
  if (drawn) {
    return (
      <Notice tone="good" title={land().deed.offered}>
        <ButtonLink look="secondary" href={link(`/land/deed/${drawn.id}`)}>
          {land().deed.see}
        </ButtonLink>
      </Notice>
    );
  }
  return (
    <>
      <Button wide busy={isBusy} onClick={() => void submit()}>
        {label}
      </Button>
      {problem && (
        <Notice tone="bad">
          <ProblemText problem={problem} />
        </Notice>
      )}
    </>
  );
}
