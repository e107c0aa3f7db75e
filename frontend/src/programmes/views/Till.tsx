import { useState } from "preact/hooks";
import type { Address } from "viem";
import { head, now_s } from "../../chain/head";
import { Choice } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import "../../style/money.css";
import { readMerchants } from "../chain/programmes";
import { Counter } from "../parts/Counter";
import { titleOf } from "../parts/OpenSheet";
import { Sales } from "../parts/Sales";
import { type TownProgramme, readTownProgrammes } from "../published";
import { phaseAt } from "../terms";
import { till } from "../words/till";

/** The till of a shop: it takes sheets and codes of phones, says "paid" when the chain has paid, and gives back. */
export default function Till() {
  const w = till();
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>{({ account }) => <Shop key={account} account={account} />}</NeedsWallet>
    </Page>
  );
}

/** The programmes in which a shop is accredited; those that are over last, for what is still given back. */
async function programmesOf(account: Address): Promise<TownProgramme[]> {
  const all = await readTownProgrammes();
  const shops = await Promise.all(all.map((it) => readMerchants(it)));
  const now = Number(await now_s());
  const its = all.filter((_, place) => shops[place]?.has(account));
  const isOver = ({ terms }: TownProgramme): boolean => phaseAt(terms, now) === "over";
  return [...its.filter((it) => !isOver(it)), ...its.filter(isOver)];
}

function Shop({ account }: { account: Address }) {
  const w = till();
  const [chosen, choose] = useState<string | null>(null);
  const read = useRead(() => programmesOf(account), [account, head.value?.number]);
  return (
    <Reading read={read}>
      {(all) => {
        const programme = all.find(({ name }) => name === chosen) ?? all[0];
        if (!programme) return <Notice tone="warn" title={w.notAccredited} live={false} />;
        return (
          <>
            {all.length > 1 && (
              <Choice
                legend={w.programme}
                value={programme.name}
                options={all.map((it) => ({ value: it.name as string, label: titleOf(it) }))}
                onValue={choose}
              />
            )}
            <Counter key={programme.name} programme={programme} merchant={account} />
            <Sales key={`${programme.name} sales`} programme={programme} merchant={account} />
          </>
        );
      }}
    </Reading>
  );
}
