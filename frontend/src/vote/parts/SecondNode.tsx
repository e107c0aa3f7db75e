import { useState } from "preact/hooks";
import { Booth } from "../booth/booth";
import type { Told } from "../booth/auditing";
import type { Poll } from "../booth/polls";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { theTown } from "../../town/folder";
import { formatNumber } from "../../words/format";
import { grounds } from "../words/grounds";

type State = { at: "idle" } | { at: "asking" } | { at: "failed"; problem: Problem } | { at: "told"; told: Told };

interface Props {
  poll: Poll;
  /** Of what was counted by the first node. */
  phrase: string;
  /** Told whether the second node tells the same. */
  onCompared?: (isSame: boolean) => void;
}

/** The number that people compare, compared by the page itself with a node that somebody else runs. */
export function SecondNode({ poll, phrase, onCompared }: Props) {
  const w = grounds().second;
  const [url, setUrl] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [state, setState] = useState<State>({ at: "idle" });
  const ask = async (event: Event): Promise<void> => {
    event.preventDefault();
    const found = faultOf(url.trim());
    setFault(found && w[found]);
    if (found) return;
    setState({ at: "asking" });
    const booth = new Booth({ ...theTown(), rpc: url.trim() });
    try {
      const told = await booth.ask("told", poll.number);
      setState({ at: "told", told });
      onCompared?.(told.phrase === phrase);
    } catch (error) {
      setState({ at: "failed", problem: await problemOf(error) });
    } finally {
      booth.close();
    }
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => void ask(event)}>
      <TextField
        label={w.label}
        hint={w.hint}
        value={url}
        onValue={setUrl}
        fault={fault}
        input={{ type: "url", autocomplete: "off" }}
      />
      <Button look="secondary" type="submit" busy={state.at === "asking"}>
        {w.ask}
      </Button>
      {state.at === "failed" && (
        <Notice tone="bad" title={w.failed}>
          <ProblemText problem={state.problem} />
        </Notice>
      )}
      {state.at === "told" && <Compared told={state.told} phrase={phrase} />}
    </form>
  );
}

function Compared({ told, phrase }: { told: Told; phrase: string }) {
  const w = grounds().second;
  if (told.phrase === phrase) return <Notice tone="good" title={w.same} />;
  return (
    <Notice tone="bad" title={w.differs}>
      <p>{w.tells(formatNumber(told.block), formatNumber(told.ballots))}</p>
      <p>
        <strong>{told.phrase}</strong>
      </p>
    </Notice>
  );
}

/** Why a node cannot be the second. */
function faultOf(url: string): "notUrl" | "sameNode" | null {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return "notUrl";
  return new URL(url).origin === new URL(theTown().rpc, document.baseURI).origin ? "sameNode" : null;
}
