import { useEffect, useMemo, useState } from "preact/hooks";
import { isAddress } from "viem";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { CodeReader } from "../../parts/CodeReader";
import { Field } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { QrCode } from "../../parts/QrCode";
import { hasOffice } from "../../post/client";
import { decimalSign } from "../../words/format";
import { typeAmount } from "../../money/amount";
import { type Asked, readAsked, slipText } from "../codes";
import { Posting, type Wanted } from "../flows/spend";
import { signNow } from "../flows/sheet";
import type { Purse } from "../purse";
import { parseUnits, refusalOf, shopTold, unitsTold } from "../told";
import { purse } from "../words/purse";
import { PostingState } from "./PostingState";
import { UnitsField } from "./UnitsField";
import type { Hex } from "../../vote/ballot/bytes";

/** What one spends, and where: paid at once, or shown to the till as a code. */
export function SpendForm({ of, seed }: { of: Purse; seed: Hex }) {
  const w = purse();
  const { programme, merchants } = of;
  const posting = useMemo(() => new Posting(), []);
  useEffect(() => () => posting.reset(), [posting]);
  const [shop, setShop] = useState("");
  const [typed, setTyped] = useState("");
  const [faults, setFaults] = useState<{ shop?: string; amount?: string; scan?: string }>({});
  const [isScanning, setScanning] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [scanned, setScanned] = useState<Asked | null>(null);

  const wanted = (): Wanted | null => {
    const parsed = parseUnits(programme, typed);
    const amount = "fault" in parsed ? parsed.fault : refusalOf(of, parsed.units);
    setFaults({ ...(isAddress(shop) ? {} : { shop: w.shopFault }), ...(amount ? { amount } : {}) });
    if (!isAddress(shop) || !("units" in parsed) || amount) return null;
    const { units } = parsed;
    // What was changed since is no answer to the till's code.
    const isAsked = scanned?.merchant === shop && scanned.units === units;
    return { merchant: shop, units, deadline: isAsked ? scanned.deadline : undefined };
  };
  const pay = (event: Event): void => {
    event.preventDefault();
    const it = wanted();
    setShown(null);
    setProblem(null);
    if (it && !posting.isBusy) void posting.post(() => signNow(of, seed, it));
  };
  const show = async (): Promise<void> => {
    const it = wanted();
    setProblem(null);
    if (!it) return;
    try {
      setShown(slipText(await signNow(of, seed, it)));
    } catch (error) {
      setProblem(await problemOf(error));
    }
  };
  const scan = (text: string): boolean => {
    const it = readAsked(text);
    const isOurs = it !== null && it.programme === programme.name && merchants.has(it.merchant);
    setFaults(isOurs ? {} : { scan: w.otherTill });
    if (!isOurs) return false;
    setScanned(it);
    setShop(it.merchant);
    const cents = BigInt(it.units) * BigInt(programme.terms.unit_cents);
    setTyped(programme.unit === "money" ? typeAmount(cents, decimalSign()) : String(it.units));
    setScanning(false);
    return true;
  };
  return (
    <section class="stack">
      <h2>{w.spend}</h2>
      <p class="hint">{w.spendLead}</p>
      {isScanning ? (
        <CodeReader onCode={scan} />
      ) : (
        <Button look="secondary" onClick={() => setScanning(true)}>
          {w.scanTill}
        </Button>
      )}
      {faults.scan && <p class="fault">{faults.scan}</p>}
      <form class="stack" noValidate onSubmit={pay}>
        <Field label={w.shop} fault={faults.shop}>
          {(wiring) => (
            <span class="input">
              <select {...wiring} value={shop} onChange={(event) => setShop(event.currentTarget.value)}>
                <option value="">{w.chooseShop}</option>
                {[...merchants.keys()].map((account) => (
                  <option key={account} value={account}>
                    {shopTold(programme, account)}
                  </option>
                ))}
              </select>
            </span>
          )}
        </Field>
        <UnitsField programme={programme} label={w.amount} value={typed} onValue={setTyped} fault={faults.amount} />
        {hasOffice() && (
          <Button type="submit" wide busy={posting.isBusy}>
            {w.pay}
          </Button>
        )}
        <Button look="secondary" onClick={() => void show()}>
          {w.show}
        </Button>
      </form>
      {problem && (
        <Notice tone="bad">
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
      <PostingState
        posting={posting}
        paid={({ units, merchant }) => w.paid(unitsTold(programme, units), shopTold(programme, merchant))}
      />
      {shown && (
        <div class="asking">
          <p>{w.shown}</p>
          <QrCode text={shown} label={w.shownLabel} />
          <Button look="secondary" onClick={() => setShown(null)}>
            {w.hide}
          </Button>
        </div>
      )}
    </section>
  );
}
