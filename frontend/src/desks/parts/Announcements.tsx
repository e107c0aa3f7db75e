import type { Address } from "viem";
import { head } from "../../chain/head";
import { useAct } from "../../acts/useAct";
import { Button } from "../../parts/Button";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import { useStickyList } from "../../parts/sticky";
import { currencyAt, landCurrency } from "../../town/currency";
import { formatMoment } from "../../words/format";
import { desk } from "../words/desk";
import { ACTS, type OfficeAct } from "../acts";
import { withdrawal } from "../authority";
import type { Value, Values } from "../fields";
import { type Announced, readAnnounced } from "../read";
import { actWords, linesOf } from "../told";
import { OfficeButton } from "./OfficeButton";
import { Facts } from "../../parts/Table";

/** What the account announced: carried out once the delay is over, or withdrawn. */
export function Announcements({ account, now_s }: { account: Address; now_s: number }) {
  const w = desk().announced;
  const read = useRead(() => readAnnounced(account), [account, head.value?.number]);
  const shown = useStickyList(read.value ?? [], ({ data }) => data);
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>{w.title}</h2>
      <ul class="acts">
        {shown.map((announced) => (
          <li key={announced.data} class="card stack">
            <One announced={announced} now_s={now_s} again={read.again} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The values of a decoded call, by the fields of its form; null where the form makes something of them first. */
function valuesOf(act: OfficeAct, args: readonly unknown[]): Values | null {
  if (act.fields.length !== args.length) return null;
  return Object.fromEntries(act.fields.map(({ name }, place) => [name, args[place] as Value]));
}

function One({ announced, now_s, again }: { announced: Announced; now_s: number; again: () => void }) {
  const w = desk();
  const act = useAct();
  const { act: name, target, functionName, args, from_s } = announced;
  const known: OfficeAct | null = name ? ACTS[name] : null;
  const values = known && valuesOf(known, args);
  const currency = currencyAt(target) ?? landCurrency();
  const title = name ? actWords(name, currency).name : functionName;
  const direct = known && {
    call: { address: target, abi: known.abi, functionName, args },
    explanation: {
      title,
      lines: values ? linesOf(known, values, currency) : [],
      consequence: name ? w.acts[name].meaning : "",
      until_s: null,
      payer: "self" as const,
    },
  };
  return (
    <>
      <div class="act-head">
        <h3>{title}</h3>
        <span class="hint">{from_s > now_s ? w.from(formatMoment(from_s)) : ""}</span>
      </div>
      {known && values && <Facts facts={linesOf(known, values, currency)} />}
      {direct && from_s <= now_s && <OfficeButton direct={direct} label={w.act.carryOut} onDone={again} />}
      {act.state.value.at === "ready" && (
        <Button
          look="quiet"
          onClick={() =>
            void act
              .direct((account) => withdrawal(account, target, announced.data, w.announced.withdrawTitle))
              .then(again)
          }
        >
          {w.announced.withdraw}
        </Button>
      )}
      <Progress act={act} done={<p class="notice-title">{w.announced.withdrawn}</p>} />
    </>
  );
}
