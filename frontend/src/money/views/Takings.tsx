import { head } from "../../chain/head";
import { download } from "../../csv";
import { historyOf } from "../history";
import { type DayOfTakings, takings } from "../movements";
import { takingsSheet } from "../sheet";
import { Bars } from "../parts/Bars";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import "../../style/money.css";
import type { Session } from "../../wallet/session";
import { formatAmount, formatCents, formatDay, formatNumber, formatShortDay } from "../../words/format";
import { pageOf } from "../pages";
import { money } from "../words/money";

const CHARTED = 30;

export default function Takings() {
  const w = money().takings;
  return (
    <Page title={w.title} lead={w.lead} wide>
      <NeedsWallet>{(session) => <Own session={session} />}</NeedsWallet>
    </Page>
  );
}

const noon = (day: string): number => Date.parse(`${day}T12:00:00`) / 1000;

function Own({ session }: { session: Session }) {
  const w = money();
  const read = useRead(() => historyOf(session.account), [session.account, head.value?.number]);
  return (
    <Reading read={read}>
      {({ movements }) => {
        const days = takings(movements);
        if (days.length === 0) return <p>{w.nothingYet}</p>;
        return (
          <>
            <Chart days={days.slice(0, CHARTED).reverse()} />
            <Button look="secondary" onClick={() => download(`${w.takings.file}.csv`, takingsSheet(days))}>
              {w.history.csv}
            </Button>
            <Days days={days} />
          </>
        );
      }}
    </Reading>
  );
}

function Chart({ days }: { days: readonly DayOfTakings[] }) {
  if (days.every((it) => it.received_cents === 0n)) return null;
  const bars = days.map((it) => ({
    name: formatDay(noon(it.day)),
    value: Number(it.received_cents),
    text: formatAmount(it.received_cents),
  }));
  return <Bars title={money().takings.chart} bars={bars} />;
}

function Days({ days }: { days: readonly DayOfTakings[] }) {
  const w = money().takings;
  return (
    <Table
      caption={w.title}
      hideCaption
      rows={days}
      columns={[
        {
          name: w.day,
          cell: (it) => <a href={link(pageOf("/history"), { day: it.day })}>{formatShortDay(noon(it.day))}</a>,
        },
        { name: w.payments, numeric: true, cell: (it) => formatNumber(it.payments) },
        { name: w.received, numeric: true, cell: (it) => formatCents(it.received_cents) },
        { name: w.paid, numeric: true, cell: (it) => formatCents(it.paid_cents) },
        { name: w.redeemed, numeric: true, cell: (it) => formatCents(it.redeemed_cents) },
        { name: w.closing, numeric: true, cell: (it) => formatCents(it.closing_cents) },
      ]}
    />
  );
}
