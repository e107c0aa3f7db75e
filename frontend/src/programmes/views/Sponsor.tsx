import { useAct } from "../../acts/useAct";
import { head, now_s } from "../../chain/head";
import { download } from "../../csv";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { ShareBars } from "../../parts/ShareBars";
import { Facts, Table } from "../../parts/Table";
import type { ViewProps } from "../../route";
import { link } from "../../router";
import "../../style/ballot.css";
import { formatMoment, formatShortDay } from "../../words/format";
import { readFigures } from "../chain/figures";
import { type Figures, type FigureLine, byMerchant, netOf, reportCsv } from "../figures";
import { reclaim } from "../flows/reclaim";
import { titleOf } from "../parts/OpenSheet";
import { RollChecks } from "../parts/RollChecks";
import { Sums } from "../parts/Sums";
import { type TownProgramme, readTownProgrammes } from "../published";
import { beginsAt_s, endsAt_s, phaseAt } from "../terms";
import { shopTold, unitsTold } from "../told";
import { figures } from "../words/figures";

interface State {
  programme: TownProgramme;
  now: Figures;
  isOver: boolean;
}

/** What a programme has paid, at which merchants and when; its roll, and what is left of it. */
export default function Sponsor({ parameters: { name = "" } }: ViewProps) {
  const w = figures();
  const read = useRead(async (): Promise<State | null> => {
    const programme = (await readTownProgrammes()).find((it) => it.name === name);
    if (!programme) return null;
    const [now, at_s] = await Promise.all([readFigures(programme), now_s()]);
    return { programme, now, isOver: phaseAt(programme.terms, Number(at_s)) === "over" };
  }, [name, head.value?.number]);
  return (
    <Page title={read.value ? titleOf(read.value.programme) : w.one} wide>
      <p>
        <a href={link("/programmes")}>{w.all}</a>
      </p>
      <Reading read={read}>
        {(state) => (state ? <All state={state} /> : <Notice tone="warn" title={w.unknown} live={false} />)}
      </Reading>
    </Page>
  );
}

function All({ state: { programme, now, isOver } }: { state: State }) {
  const w = figures();
  const { terms, rule, hasRoll } = programme;
  return (
    <>
      <Facts
        facts={[
          [w.sponsor, <Address address={terms.sponsor} copy />],
          [w.from, formatMoment(terms.opensAt)],
          [w.until, formatMoment(endsAt_s(terms))],
          ...(rule ? [[w.rule, rule] as const] : []),
        ]}
      />
      <Sums of={programme} now={now} />
      {isOver && now.left > 0 && <Reclaim programme={programme} left={now.left} />}
      <Takings of={programme} now={now} />
      {hasRoll && <RollChecks of={programme} />}
    </>
  );
}

/** It stays in its place once nothing is left, to tell so. */
function Reclaim({ programme, left }: { programme: TownProgramme; left: number }) {
  const w = figures().reclaim;
  const act = useAct();
  return (
    <section class="stack">
      <p>{w.lead}</p>
      <NeedsWallet>
        {() => (
          <Button busy={act.isBusy} onClick={() => void act.direct(() => reclaim(programme, left))}>
            {w.submit(unitsTold(programme, left))}
          </Button>
        )}
      </NeedsWallet>
      <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
    </section>
  );
}

function Takings({ of, now: { lines, isWhole } }: { of: TownProgramme; now: Figures }) {
  const w = figures();
  if (!isWhole) return <Notice tone="bad" title={w.hidden} live={false} />;
  if (lines.length === 0) return <p>{w.nothing}</p>;
  return (
    <section class="stack">
      <h2>{w.takings}</h2>
      <Shares of={of} lines={lines} />
      <Lines of={of} lines={lines} />
      <div class="actions">
        <Button look="secondary" onClick={() => download(w.file, reportCsv(of.terms, lines))}>
          {w.csv}
        </Button>
      </div>
    </section>
  );
}

function Shares({ of, lines }: { of: TownProgramme; lines: readonly FigureLine[] }) {
  const shops = byMerchant(lines).filter(([, units]) => units > 0);
  const all = shops.reduce((sum, [, units]) => sum + units, 0);
  const bars = shops.map(([account, units]) => ({
    label: shopTold(of, account),
    share: units / all,
    value: unitsTold(of, units),
  }));
  return <ShareBars label={figures().shares} bars={bars} />;
}

function Lines({ of, lines }: { of: TownProgramme; lines: readonly FigureLine[] }) {
  const w = figures();
  const { terms } = of;
  const whenOf = (period: number): string =>
    period === terms.periods ? w.after : w.period(period + 1, formatShortDay(beginsAt_s(terms, period)));
  return (
    <Table
      caption={w.lines}
      rows={lines}
      columns={[
        { name: w.when, cell: ({ period }) => whenOf(period) },
        { name: w.shop, cell: ({ merchant }) => shopTold(of, merchant) },
        { name: w.spentThere, cell: ({ spent }) => unitsTold(of, spent), numeric: true },
        { name: w.givenBack, cell: ({ refunded }) => unitsTold(of, refunded), numeric: true },
        { name: w.net, cell: (line) => unitsTold(of, netOf(line)), numeric: true },
      ]}
    />
  );
}
