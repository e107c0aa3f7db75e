import { useState } from "preact/hooks";
import { fromHex } from "../ballot/bytes";
import { booth } from "../booth/booth";
import type { Ceremony } from "../booth/ceremonies";
import type { Act } from "../../acts/act";
import { requireOnce, stepping } from "../flows/ceremony";
import { download } from "../../csv";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { keys } from "../words/keys";
import { KeyFileForm, type Unlocking } from "./KeyFileForm";

interface Props {
  ceremony: Ceremony;
  account: `0x${string}`;
  /** Outlives the phase, which her own step may end. */
  act: Act;
  /** What she finds, or does by what is sent next. */
  onTold: (told: Told | null) => void;
}

export interface Told {
  text: string;
  /** What the chain says when it is sent; else what was found, and nothing is to be sent. */
  isSent: boolean;
  /** Whether nothing is left to do in this phase. */
  isAll: boolean;
}

/** A trustee's part of the phase, by her key file, in this device's worker. */
export function TrusteeStep({ ceremony, account, act, onTold }: Props) {
  const w = keys();
  const { number, phase } = ceremony;
  const unlock = async (given: Unlocking, progress: (part: number) => void): Promise<void> => {
    onTold(null);
    act.reset();
    const ask = { ceremony: number, account: fromHex(account), phase, ...given };
    const { step, contract } = await booth().ask("step", ask, progress);
    if ("once" in step) requireOnce(contract, ceremony, account, step.once);
    if (step.kind === "allRight") onTold({ text: w.did.allRight(step.checked), isSent: false, isAll: true });
    else if (step.kind === "nothing") onTold({ text: w.did.nothing, isSent: false, isAll: false });
    else {
      onTold({ text: w.did[step.kind], isSent: true, isAll: false });
      void act.slip(() => stepping(ceremony, step, contract));
    }
  };
  return (
    <>
      {phase === "enrolment" && <NewKey number={number} />}
      <KeyFileForm submit={w.steps[phase as keyof typeof w.steps]} isBusy={act.isBusy} onUnlock={unlock} />
    </>
  );
}

const LEAST_LETTERS = 12;

/** A key file made here, for whoever has none: handed over as a download, and kept nowhere. */
function NewKey({ number }: { number: number }) {
  const w = keys().make;
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [isTried, setTried] = useState(false);
  const [part, setPart] = useState<number | null>(null);
  const [made, setMade] = useState<{ phrase: string; smart: string[] } | null>(null);
  const isShort = password.length < LEAST_LETTERS;
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isShort || password !== again || part !== null) return;
    setPart(0);
    try {
      const ask = { ceremony: number, password, label: w.label(number) };
      const key = await booth().ask("newKey", ask, setPart);
      download(w.fileName(number), key.file, "application/json");
      setMade(key);
      setPassword("");
      setAgain("");
      setTried(false);
    } finally {
      setPart(null);
    }
  };
  return (
    <details class="more">
      <summary>{w.title}</summary>
      <form class="stack" noValidate onSubmit={(event) => void make(event)}>
        <p>{w.note}</p>
        <TextField
          label={w.password}
          value={password}
          onValue={setPassword}
          fault={isTried && isShort ? w.short(LEAST_LETTERS) : null}
          input={{ type: "password", autocomplete: "new-password" }}
        />
        <TextField
          label={w.again}
          value={again}
          onValue={setAgain}
          fault={isTried && password !== again ? w.differ : null}
          input={{ type: "password", autocomplete: "new-password" }}
        />
        {part !== null && (
          <>
            <Loading what={w.making} />
            <progress max={1} value={part} aria-label={w.making} />
          </>
        )}
        <Button type="submit" look="secondary" busy={part !== null}>
          {w.submit}
        </Button>
        {made && (
          <Notice tone="good" title={w.made}>
            {made.smart.map((account) => (
              <p key={account}>{w.smart(account)}</p>
            ))}
            <p>{w.compare}</p>
            <p>
              <strong>{made.phrase}</strong>
            </p>
          </Notice>
        )}
      </form>
    </details>
  );
}
