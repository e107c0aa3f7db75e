import { addressOf } from "../../chain/client";
import { head } from "../../chain/head";
import { blockTimes } from "../../chain/logs";
import { readPolls } from "../../vote/booth/polls";
import { localCurrencyAbi } from "../../generated/LocalCurrency";
import { entries, readStates } from "../../land/register";
import { readSales } from "../../land/sales";
import { population, readBooks } from "../../money/figures";
import { ButtonLink } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { ShareBars } from "../../parts/ShareBars";
import { type Step, StepChart } from "../../parts/StepChart";
import { Figure, Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { namedFor } from "../../town/currency";
import { theTown } from "../../town/folder";
import type { Currency } from "../../town/town";
import "../../style/ballot.css";
import "../../style/land.css";
import { KINDS } from "../../wallet/who";
import { formatAmount, formatDay, formatEuros, formatMoment, formatNumber, formatShare } from "../../words/format";
import { town } from "../words/town";
import { titleOf } from "../../vote/parts/names";

/** The town in figures, for anyone: each from the chain, each with the way to what lies behind it. */
export default function Town() {
  const w = town();
  return (
    <Page title={w.title} lead={w.lead}>
      {theTown().currencies.map((currency) => (
        <Money key={currency.contract} currency={currency} />
      ))}
      {addressOf("Consultations") && <Votes />}
      {addressOf("LandRegister") && <Land />}
      <People />
      <div class="actions">
        <ButtonLink href={link("/audit")}>{w.audit.link}</ButtonLink>
      </div>
      {head.value && (
        <p class="hint">{w.asOf(formatMoment(head.value.timestamp_s), formatNumber(head.value.number))}</p>
      )}
    </Page>
  );
}

async function readReserve({ contract }: Currency): Promise<Step[]> {
  const attested = await entries(contract, localCurrencyAbi, [["ReserveAttested"]]);
  const times = await blockTimes(attested.map(({ block }) => block));
  return attested.map(({ block, args }) => ({ at_s: times.get(block) ?? 0, value: args["reserve_cents"] as bigint }));
}

function Money({ currency }: { currency: Currency }) {
  const w = town().money;
  const books = useRead(() => readBooks(currency), [head.value?.number]);
  const reserve = useRead(() => readReserve(currency), [head.value?.number]);
  return (
    <section>
      <h2>{namedFor(w.title, currency)}</h2>
      <Reading read={books}>
        {(found) => (
          <div class="figures">
            <Figure label={w.supply} value={formatAmount(found.supply_cents, currency)} />
            <Figure label={w.reserve} value={formatEuros(found.reserve_cents)} />
            <Figure label={w.owed} value={formatEuros(found.owed_cents)} />
            {found.coverage !== null && <Figure label={w.coverage} value={formatShare(found.coverage)} />}
          </div>
        )}
      </Reading>
      <Reading read={reserve}>
        {(steps) =>
          steps.length === 0 ? <p>{w.none}</p> : <Reserve chart={namedFor(w.chart, currency)} steps={steps} />
        }
      </Reading>
    </section>
  );
}

function Reserve({ chart, steps }: { chart: string; steps: readonly Step[] }) {
  const w = town().money;
  const until_s = head.value?.timestamp_s ?? 0;
  const most = steps.reduce((top, { value }) => (value > top ? value : top), 0n);
  return (
    <>
      <StepChart
        label={chart}
        steps={steps}
        most={most}
        until_s={until_s}
        ends={[formatDay(steps[0]!.at_s), formatDay(until_s)]}
      />
      <Table
        caption={chart}
        rows={[...steps].reverse()}
        columns={[
          { name: w.day, cell: ({ at_s }) => formatDay(at_s) },
          { name: w.attested, cell: ({ value }) => formatEuros(value), numeric: true },
        ]}
      />
    </>
  );
}

function Votes() {
  const w = town().vote;
  const polls = useRead(readPolls, [head.value?.number]);
  return (
    <section>
      <h2>{w.title}</h2>
      <Reading read={polls}>
        {(all) =>
          all.length === 0 ? (
            <p>{w.none}</p>
          ) : (
            <ShareBars
              label={w.label}
              bars={all.map((poll) => ({
                label: titleOf(poll),
                share: poll.rollSize === 0 ? 0 : poll.ballots / poll.rollSize,
                value: formatShare(poll.rollSize === 0 ? 0 : poll.ballots / poll.rollSize),
                note: w.ballots(formatNumber(poll.ballots), formatNumber(poll.rollSize)),
              }))}
            />
          )
        }
      </Reading>
      <ButtonLink look="secondary" href={link("/vote")}>
        {w.see}
      </ButtonLink>
    </section>
  );
}

function Land() {
  const w = town().land;
  const read = useRead(async () => {
    const [states, sales] = await Promise.all([readStates(), readSales()]);
    const live = [...states.values()].filter((state) => state !== "retired");
    const settled = sales.filter(({ state }) => state === "settled");
    return {
      titles: live.length,
      underSale: live.filter((state) => state === "sale").length,
      settled: settled.length,
      volume_cents: settled.reduce((sum, { terms }) => sum + terms.price_cents, 0n),
    };
  }, [head.value?.number]);
  return (
    <section>
      <h2>{w.title}</h2>
      <Reading read={read}>
        {({ titles, underSale, settled, volume_cents }) => (
          <div class="figures">
            <Figure label={w.titles} value={formatNumber(titles)} />
            <Figure label={w.underSale} value={formatNumber(underSale)} />
            <Figure label={w.settled} value={formatNumber(settled)} />
            <Figure label={w.volume} value={formatAmount(volume_cents)} />
          </div>
        )}
      </Reading>
      <ButtonLink look="secondary" href={link("/land")}>
        {w.see}
      </ButtonLink>
    </section>
  );
}

const COUNTED = KINDS.filter((kind) => kind !== "none");

function People() {
  const w = town().people;
  const read = useRead(() => Promise.all(COUNTED.map(population)), [head.value?.number]);
  return (
    <section>
      <h2>{w.title}</h2>
      <Reading read={read}>
        {(counts) => (
          <div class="figures">
            {COUNTED.map((kind, place) => (
              <Figure key={kind} label={w.names[kind as keyof typeof w.names]} value={formatNumber(counts[place]!)} />
            ))}
          </div>
        )}
      </Reading>
    </section>
  );
}
