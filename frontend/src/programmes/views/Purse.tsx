import type { Address } from "viem";
import { head } from "../../chain/head";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts, Figure } from "../../parts/Table";
import { link } from "../../router";
import "../../style/money.css";
import type { Hex } from "../../vote/ballot/bytes";
import { formatMoment } from "../../words/format";
import { bookOf } from "../chain/programmes";
import { OpenByWallet } from "../parts/OpenByWallet";
import { OpenSheet, titleOf } from "../parts/OpenSheet";
import { SpendForm } from "../parts/SpendForm";
import { Where } from "../parts/Where";
import { type Purse as PurseNow, forget, isStranger, keptSheet, openPurse, readPurse, sheet } from "../purse";
import { beginsAt_s, endsAt_s, periodAt, phaseAt } from "../terms";
import { unitsTold } from "../told";
import { purse } from "../words/purse";
import { till } from "../words/till";

/** What a sheet still pays for, until when and where; opened by its code without a wallet, or by a wallet's key. */
export default function Purse() {
  const w = purse();
  const open = openPurse.value;
  return (
    <Page title={w.title} {...(open ? {} : { lead: w.lead })}>
      {open ? (
        <Opened key={`${open.seed}${open.programme}`} {...open} />
      ) : (
        <>
          <OpenSheet submit={w.open} onSheet={(it) => (sheet.value = { ...it, wallet: null })} />
          <p class="hint">{w.secret}</p>
          <OpenByWallet onPurse={(it) => (sheet.value = it)} />
          <p>
            <a href={link("/purse/till")}>{till().open}</a>
          </p>
          <p>
            <a href={link("/programmes")}>{w.all}</a>
          </p>
        </>
      )}
    </Page>
  );
}

function Opened({ seed, programme, wallet }: { seed: Hex; programme: Hex; wallet: Address | null }) {
  const w = purse();
  const read = useRead(async () => {
    const [now, book] = await Promise.all([readPurse({ seed, programme }), bookOf(programme)]);
    return { now, isFunded: book.unit_cents === 0 || book.announced <= book.funded };
  }, [seed, programme, head.value?.number]);
  return (
    <>
      <Reading read={read}>
        {({ now, isFunded }) =>
          now === null ? (
            <Notice tone="bad" title={w.unknown} />
          ) : isStranger(now) && now.programme.terms.total > 0 && now.programme.hasRoll ? (
            <Notice tone="bad" title={wallet ? w.wallet.stranger : w.stranger}>
              {wallet && <a href={link("/purse/key", { programme })}>{w.wallet.toKey}</a>}
            </Notice>
          ) : (
            <Standing now={now} isFunded={isFunded} seed={seed} />
          )
        }
      </Reading>
      {wallet ? (
        <Button look="quiet" onClick={() => (sheet.value = null)}>
          {w.wallet.close}
        </Button>
      ) : (
        <Keeping seed={seed} programme={programme} />
      )}
    </>
  );
}

function Standing({ now, isFunded, seed }: { now: PurseNow; isFunded: boolean; seed: Hex }) {
  const w = purse();
  const { programme, left, holder } = now;
  const { terms } = programme;
  const phase = phaseAt(terms, now.now);
  const canSpend = phase === "running" && !holder.isVoided;
  return (
    <>
      <section class="purse">
        <h2>{titleOf(programme)}</h2>
        {canSpend && (
          <Figure
            label={w.left}
            value={unitsTold(programme, left.ofPeriod + left.granted)}
            note={w.until(formatMoment(beginsAt_s(terms, periodAt(terms, now.now) + 1)))}
          />
        )}
        {phase === "announced" && <Notice title={w.announced(formatMoment(terms.opensAt))} live={false} />}
        {phase === "over" && <Notice tone="warn" title={w.over(formatMoment(endsAt_s(terms)))} live={false} />}
        {holder.isVoided && <Notice tone="bad" title={w.voided} />}
        {canSpend && !isFunded && <Notice tone="warn" title={w.unfunded} live={false} />}
        <Terms now={now} />
        <p class="hint">{w.lapses}</p>
      </section>
      {programme.doubts.map((it) => (
        <Notice key={it} tone="warn" title={w.doubts[it]} live={false} />
      ))}
      {canSpend && <SpendForm of={now} seed={seed} />}
      <Where of={now} />
    </>
  );
}

function Terms({ now: { programme, left, holder, place, now } }: { now: PurseNow }) {
  const w = purse();
  const { terms } = programme;
  const each = holder.isClaimed ? holder.each : (place?.each ?? 0);
  const days = terms.period_h / 24;
  const again = Math.max(terms.periods - 1 - Math.max(periodAt(terms, now), 0), 0);
  const ends = formatMoment(endsAt_s(terms));
  return (
    <Facts
      facts={[
        ...(each > 0 ? [[w.each, unitsTold(programme, each)] as const] : []),
        ...(left.granted > 0 ? [[w.granted, w.grantedUntil(unitsTold(programme, left.granted), ends)] as const] : []),
        ...(left.today !== null ? [[w.today, unitsTold(programme, left.today)] as const] : []),
        [w.renews, days === 1 ? w.renewalDaily(again) : w.renewal(days, again)],
        [w.ends, ends],
        ...(programme.rule ? [[w.rule, programme.rule] as const] : []),
      ]}
    />
  );
}

/** The phone keeps the code only when one says so, and forgets it by one touch. */
function Keeping({ seed, programme }: { seed: Hex; programme: Hex }) {
  const w = purse();
  return (
    <section class="stack">
      {keptSheet.value ? (
        <p>{w.kept}</p>
      ) : (
        <>
          <Button look="secondary" onClick={() => (keptSheet.value = { seed, programme })}>
            {w.keep}
          </Button>
          <p class="hint">{w.keepNote}</p>
        </>
      )}
      <Button look="quiet" onClick={forget}>
        {keptSheet.value ? w.forget : w.other}
      </Button>
    </section>
  );
}
