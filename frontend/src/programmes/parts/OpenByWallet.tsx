import { useState } from "preact/hooks";
import type { Address } from "viem";
import { now_s } from "../../chain/head";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import type { Hex } from "../../vote/ballot/bytes";
import { session } from "../../wallet/session";
import { seedByWallet } from "../flows/wallet";
import { type TownProgramme, readTownProgrammes } from "../published";
import { phaseAt } from "../terms";
import { purse } from "../words/purse";
import { titleOf } from "./OpenSheet";

interface Props {
  onPurse: (purse: { seed: Hex; programme: Hex; wallet: Address }) => void;
}

/** For whoever had the key of her wallet put on a programme's roll: a signature opens the purse, and no sheet. */
export function OpenByWallet({ onPurse }: Props) {
  const w = purse().wallet;
  const account = session.value?.account;
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p class="hint">{w.lead}</p>
      {account ? (
        <Opening key={account} account={account} onPurse={onPurse} />
      ) : (
        <a href={link("/wallet")}>{w.connect}</a>
      )}
    </section>
  );
}

function Opening({ account, onPurse }: Props & { account: Address }) {
  const read = useRead(async () => {
    const [all, now] = await Promise.all([readTownProgrammes(), now_s()]);
    // What strangers opened, the town does not tell of.
    return all.filter((it) => it.title !== null && phaseAt(it.terms, Number(now)) !== "over");
  }, []);
  return <Reading read={read}>{(among) => <Form among={among} account={account} onPurse={onPurse} />}</Reading>;
}

function Form({ among, account, onPurse }: Props & { among: readonly TownProgramme[]; account: Address }) {
  const w = purse().wallet;
  const [only] = among.length === 1 ? among : [];
  const [chosen, setChosen] = useState<Hex | null>(only?.name ?? null);
  const [fault, setFault] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (among.length === 0) return <p>{w.none}</p>;
  const open = async (): Promise<void> => {
    const programme = among.find(({ name }) => name === chosen);
    setFault(programme ? null : w.chooseFault);
    setProblem(null);
    if (!programme) return;
    setBusy(true);
    try {
      const seed = await seedByWallet(account, programme.name, titleOf(programme));
      onPurse({ seed, programme: programme.name, wallet: account });
    } catch (error) {
      setProblem(await problemOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      <Choice
        legend={w.choose}
        value={chosen}
        options={among.map((it) => ({ value: it.name, label: titleOf(it) }))}
        onValue={setChosen}
        fault={fault}
      />
      <Button look="secondary" wide busy={isBusy} onClick={() => void open()}>
        {w.open}
      </Button>
      {problem && (
        <Notice tone="bad">
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
    </>
  );
}
