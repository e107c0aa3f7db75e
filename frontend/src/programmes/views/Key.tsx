import { useState } from "preact/hooks";
import type { Address as Account } from "viem";
import { isHex, size } from "viem";
import { type Problem, problemOf } from "../../chain/problem";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { ProblemText } from "../../parts/Problem";
import { QrCode } from "../../parts/QrCode";
import { query } from "../../router";
import { type Hex, fromHex } from "../../vote/ballot/bytes";
import { formatHash } from "../../words/format";
import { lastingSeed } from "../flows/wallet";
import { keyOf } from "../keys";
import { purse } from "../words/purse";

/** The key that a household's wallet makes for a programme, often before it opens: to be handed to its sponsor. */
export default function Key() {
  const w = purse().wallet;
  const programme = query.value.get("programme")?.toLowerCase() ?? "";
  const isName = isHex(programme) && size(programme) === 32;
  return (
    <Page title={w.keyTitle} lead={w.keyLead}>
      {isName ? (
        <NeedsWallet>
          {({ account }) => <Making key={`${account}${programme}`} account={account} programme={programme} />}
        </NeedsWallet>
      ) : (
        <Notice tone="bad" title={w.badLink} live={false} />
      )}
    </Page>
  );
}

function Making({ account, programme }: { account: Account; programme: Hex }) {
  const w = purse().wallet;
  const [made, setMade] = useState<Account | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setProblem(null);
    setBusy(true);
    try {
      const seed = await lastingSeed(account, programme, purse().untitled(formatHash(programme)));
      setMade(keyOf(fromHex(seed), programme).address);
    } catch (error) {
      setProblem(await problemOf(error));
    }
    setBusy(false);
  };
  if (made) {
    return (
      <section class="asking">
        <p role="status">{w.give}</p>
        <QrCode text={made} label={w.keyLabel} />
        <p>
          <Address address={made} copy full />
        </p>
      </section>
    );
  }
  return (
    <section class="stack">
      <p>{purse().untitled(formatHash(programme))}</p>
      <p class="hint">{w.twice}</p>
      <Button wide busy={isBusy} onClick={() => void make()}>
        {w.make}
      </Button>
      {problem && (
        <Notice tone="bad">
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
    </section>
  );
}
