import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Progress } from "../booth/auditing";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { FileChoice } from "../../parts/FileChoice";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { ballot } from "../words/ballot";

/** A trustee's key file and its passphrase, as she gives them: they go to the worker, and nowhere else. */
export interface Unlocking {
  keyFile: string;
  password: string;
}

interface Props {
  submit: string;
  isBusy: boolean;
  /** Opens the file, and sets about what follows; what it throws is told here. */
  onUnlock: (given: Unlocking, progress: Progress) => Promise<void>;
  children?: ComponentChildren;
}

/** Asks a trustee for her key file and passphrase; the passphrase is forgotten at once. */
export function KeyFileForm({ submit, isBusy, onUnlock, children }: Props) {
  const w = ballot().count;
  const [keyFile, setKeyFile] = useState<string | null>(null);
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [part, setPart] = useState<number | null>(null);
  const read = async (file: File | null): Promise<void> => {
    setFault(null);
    setKeyFile(file && (await file.text()));
  };
  const isWorking = isBusy || part !== null;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isWorking) return;
    setProblem(null);
    setFault(keyFile === null ? ballot().faults["not-a-key-file"] : null);
    if (keyFile === null) return;
    setPart(0);
    try {
      await onUnlock({ keyFile, password }, setPart);
      setPassword("");
    } catch (error) {
      const found = await problemOf(error);
      if (found.kind === "told") setFault(found.sentence);
      else setProblem(found);
    } finally {
      setPart(null);
    }
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => void send(event)}>
      <FileChoice label={w.keyFile} accept="application/json,.json" fault={fault} onFile={(file) => void read(file)} />
      <TextField
        label={w.password}
        value={password}
        onValue={setPassword}
        input={{ type: "password", autocomplete: "off" }}
      />
      {part !== null && !isBusy && (
        <>
          <Loading what={w.opening} />
          <progress max={1} value={part} aria-label={w.opening} />
        </>
      )}
      {problem && (
        <Notice tone="bad">
          <ProblemText problem={problem} />
        </Notice>
      )}
      <Button type="submit" wide busy={isWorking}>
        {submit}
      </Button>
      {children}
    </form>
  );
}
