import { head } from "../../chain/head";
import { useAct } from "../../acts/useAct";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import { useSticky } from "../../parts/sticky";
import { calling, declaringUnjudged } from "../flows/silence";
import type { Mandate } from "../history";
import { type Means, readSilence, type Silence } from "../silence";
import { cred } from "../words/cred";

/** Where promises are due and the officer is silent: what anyone does about it. */
export function SilenceCard({ mandate }: { mandate: Mandate }) {
  const read = useRead(() => readSilence(mandate), [mandate.number, head.value?.number]);
  const isShown = useSticky(Boolean(read.value?.callable.length));
  return isShown && read.value ? <Card mandate={mandate} found={read.value} /> : null;
}

function Card({ mandate, found }: { mandate: Mandate; found: Silence & Means }) {
  const w = cred().silence;
  const act = useAct();
  const { callable, reopened, unjudgeable, isRollCurrent, key, isCallable } = found;
  const titles = callable.map((number) => {
    const text = mandate.promises.find((it) => it.number === number)?.text.text;
    const title = text ? `${number + 1}. ${text}` : cred().promise.title(number + 1);
    return reopened.includes(number) ? `${title} (${w.again})` : title;
  });
  return (
    <section class="card stack">
      <h3>{w.title}</h3>
      <p>{w.note}</p>
      <ul>
        {titles.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      {callable.length > 0 && !isRollCurrent && <p>{w.noRoll}</p>}
      {callable.length > 0 && key === null && <p>{w.noKey}</p>}
      {isRollCurrent && key !== null && !isCallable && <p>{w.refused}</p>}
      <NeedsWallet>
        {() => (
          <>
            {isCallable && key !== null && callable.length > 0 && (
              <Button wide busy={act.isBusy} onClick={() => void act.direct(() => calling(mandate, callable, key))}>
                {w.call}
              </Button>
            )}
            {!isCallable && unjudgeable.length > 0 && (
              <Button
                look="secondary"
                wide
                busy={act.isBusy}
                onClick={() => void act.direct(() => declaringUnjudged(mandate, unjudgeable))}
              >
                {w.unjudged}
              </Button>
            )}
            <Progress act={act} done={<p class="notice-title">{cred().round.done}</p>} />
          </>
        )}
      </NeedsWallet>
      <p class="hint">{cred().round.anyone}</p>
    </section>
  );
}
