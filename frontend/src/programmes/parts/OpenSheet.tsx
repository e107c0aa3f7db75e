import { useState } from "preact/hooks";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { CodeReader } from "../../parts/CodeReader";
import { Choice, TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { type Hex, toHex } from "../../vote/ballot/bytes";
import { formatHash } from "../../words/format";
import { CodeError } from "../keys";
import type { TownProgramme } from "../published";
import { openingOf } from "../purse";
import { purse } from "../words/purse";

interface Sheet {
  seed: Hex;
  programme: Hex;
}

/** Scans a sheet, or has its code typed; where the code alone does not tell of which programme it is, asks. */
export function OpenSheet({ onSheet, submit }: { onSheet: (sheet: Sheet) => void; submit: string }) {
  const w = purse();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [choice, setChoice] = useState<{ seed: Hex; among: readonly TownProgramme[] } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const open = async (text: string): Promise<void> => {
    setFault(null);
    setProblem(null);
    setChoice(null);
    setBusy(true);
    try {
      const { seed: bytes, opening } = await openingOf(text);
      const seed = toHex(bytes);
      if (opening.at === "opened") onSheet({ seed, programme: opening.programme });
      else if (opening.at === "choice") setChoice({ seed, among: opening.among });
      else setFault(w.unknown);
    } catch (error) {
      if (error instanceof CodeError) setFault(w.faults[error.fault](error.found));
      else setProblem(await problemOf(error));
    }
    setBusy(false);
  };
  return (
    <>
      <CodeReader
        onCode={(code) => {
          void open(code);
          return true;
        }}
      />
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open(typed);
        }}
      >
        <TextField
          label={w.code}
          hint={w.codeHint}
          value={typed}
          onValue={setTyped}
          fault={fault}
          input={{ autocomplete: "off", spellcheck: false, autocapitalize: "characters" }}
        />
        <Button type="submit" wide busy={isBusy}>
          {submit}
        </Button>
      </form>
      {problem && (
        <Notice tone="bad">
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
      {choice && (
        <Choice
          legend={w.choose}
          hint={w.chooseHint}
          value={null}
          options={choice.among.map((it) => ({ value: it.name, label: titleOf(it) }))}
          onValue={(programme) => onSheet({ seed: choice.seed, programme })}
        />
      )}
    </>
  );
}

export const titleOf = ({ title, name }: TownProgramme): string => title ?? purse().untitled(formatHash(name));
