import { type Address, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { head } from "../../chain/head";
import { useAct } from "../../flows/useAct";
import { conveyanceAbi } from "../../generated/Conveyance";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { hasOffice } from "../../post/client";
import { link } from "../../router";
import "../../style/land.css";
import "../refusals";
import { formatAmount, formatMoment } from "../../words/format";
import { land } from "../../words/land";
import { withdraw } from "../flows/retract";
import { readBills } from "../flows/tax";
import { nameOf, parcelOf } from "../parcel";
import { rightText } from "../parts/Shares";
import type { Deed } from "../reading";
import { keysOf, titlesOf } from "../register";
import { isOpen, isParty, readDeeds, readSales } from "../sales";

/** What one holds, has to sign, has to pay. */
export default function Mine() {
  const w = land().mine;
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>
        {({ account }) => (
          <>
            <Deeds account={account} />
            <Sales account={account} />
            <Owed account={account} />
            <Titles account={account} />
            <Bills account={account} />
          </>
        )}
      </NeedsWallet>
    </Page>
  );
}

const hasSigned = (deed: Deed, key: Address): boolean => deed.signed.some((it) => isAddressEqual(it, key));

function Deeds({ account }: { account: Address }) {
  const w = land().mine;
  const read = useRead(async () => {
    const keys = await keysOf(account);
    const deeds = (await Promise.all(keys.map((key) => readDeeds(key)))).flat();
    return deeds.map((deed) => ({ deed, isSigned: keys.some((key) => hasSigned(deed, key)) }));
  }, [account, head.value?.number]);
  if (!hasOffice()) return <p class="hint">{w.noOffice}</p>;
  return (
    <section>
      <h2>{w.toSign}</h2>
      <Reading read={read}>
        {(deeds) => {
          const open = deeds.filter(({ isSigned }) => !isSigned);
          const waiting = deeds.filter(({ deed, isSigned }) => isSigned && !deed.isComplete);
          return (
            <>
              {open.length === 0 ? <p>{w.nothingToSign}</p> : <List deeds={open.map(({ deed }) => deed)} />}
              {waiting.length > 0 && (
                <>
                  <h3>{w.signed}</h3>
                  <List deeds={waiting.map(({ deed }) => deed)} />
                </>
              )}
            </>
          );
        }}
      </Reading>
    </section>
  );
}

function List({ deeds }: { deeds: readonly Deed[] }) {
  const w = land().deed;
  return (
    <ul class="list">
      {deeds.map((deed) => (
        <li key={deed.id}>
          <a href={link(`/land/deed/${deed.id}`)}>
            <span class="row">
              <span>{w.title(w.names[deed.act], nameOf(parcelOf(deed.terms.title)))}</span>
              <span class="hint">{w.count(deed.signed.length, deed.parties.length)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Sales({ account }: { account: Address }) {
  const w = land();
  const read = useRead(async () => {
    const keys = await keysOf(account);
    const sales = await readSales();
    const mine = sales.filter((sale) => keys.some((key) => isParty(sale.terms, key)));
    return mine.filter((sale) => isOpen(sale) || sale.state === "cancelled");
  }, [account, head.value?.number]);
  return (
    <section>
      <h2>{w.mine.sales}</h2>
      <Reading read={read}>
        {(sales) =>
          sales.length === 0 ? (
            <p>{w.mine.noSales}</p>
          ) : (
            <ul class="list">
              {sales.map((sale) => (
                <li key={sale.number}>
                  <a href={link(`/land/sale/${sale.number}`)}>
                    <span class="row">
                      <span>{w.sale.title(nameOf(parcelOf(sale.title)))}</span>
                      <span class="hint">
                        {w.sale.states[sale.state]}
                        {isOpen(sale) && ` · ${w.sale.deadline(formatMoment(sale.terms.settleBy))}`}
                      </span>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </section>
  );
}

/** What a settlement could not pay out: taken here. */
function Owed({ account }: { account: Address }) {
  const w = land().mine;
  const act = useAct();
  const owed = useRead(
    () => readContract(chain(), { ...at("Conveyance", conveyanceAbi), functionName: "owedTo", args: [account] }),
    [account, head.value?.number],
  );
  if (!owed.value && act.state.value.at === "ready") return null;
  const amount = owed.value ?? 0n;
  return (
    <section>
      {amount > 0n && (
        <Notice title={w.owed(formatAmount(amount))} live={false}>
          <Button onClick={() => void act.direct((payee) => withdraw(payee, amount))}>{w.takeOwed}</Button>
        </Notice>
      )}
      <Progress act={act} />
    </section>
  );
}

function Titles({ account }: { account: Address }) {
  const w = land().mine;
  const read = useRead(() => titlesOf(account), [account, head.value?.number]);
  return (
    <section>
      <h2>{w.titles}</h2>
      <Reading read={read}>
        {(titles) =>
          titles.length === 0 ? (
            <p>{w.none}</p>
          ) : (
            <ul class="list">
              {titles.map(({ token, whole, rights }) => (
                <li key={token}>
                  <a href={link(`/land/parcel/${parcelOf(token)}`)}>
                    <span class="row">
                      <span>{nameOf(parcelOf(token))}</span>
                      <span class="hint">{rights.map((right) => rightText(right, whole)).join(", ")}</span>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </section>
  );
}

function Bills({ account }: { account: Address }) {
  const w = land();
  const read = useRead(() => readBills(account), [account, head.value?.number]);
  return (
    <section>
      <h2>{w.mine.bills}</h2>
      <Reading read={read}>
        {(bills) =>
          bills.length === 0 ? (
            <p>{w.mine.noBills}</p>
          ) : (
            <ul class="list">
              {bills.map((bill) => (
                <li key={`${bill.year}/${bill.index}`}>
                  <a href={link(`/land/tax/${bill.year}/${bill.index}`)}>
                    <span class="row">
                      <span>
                        {bill.year} · {nameOf(parcelOf(bill.title))}
                      </span>
                      <span class="hint">
                        {formatAmount(bill.amount_cents)} · {bill.isPaid ? w.tax.paid : w.tax.due}
                      </span>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </section>
  );
}
