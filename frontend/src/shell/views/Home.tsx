import { head } from "../../chain/head";
import { population, readBooks } from "../../money/figures";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Figure } from "../../parts/Table";
import { shownWays } from "../ways";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { theTown } from "../../town/folder";
import { formatAmount, formatEuros, formatMoment, formatNumber, formatShare } from "../../words/format";
import { core } from "../../words/core";
import { home } from "../words/home";
import { money } from "../../money/words/money";

export default function Home() {
  const w = home();
  return (
    <Page title={theTown().name} lead={w.lead}>
      <Tiles />
      <section>
        <h2>{w.figures}</h2>
        <Figures />
        <p>
          <a href={link("/town")}>{w.allFigures}</a>
        </p>
      </section>
      <ul class="list">
        <li>
          <a href={link("/help")}>{w.newHere}</a>
        </li>
        <li>
          <a href={link("/accessibility")}>{core().accessibility}</a>
        </li>
      </ul>
    </Page>
  );
}

/** The town's services, as large as a thumb: those that this town has and this account may enter. */
function Tiles() {
  return (
    <ul class="tiles">
      {shownWays()
        .map(({ path, sign }) => ({ path, ...sign() }))
        .filter(({ tile }) => tile)
        .map(({ path, tile, note }) => (
          <li key={path}>
            <a href={link(path)}>
              <span class="tile-name">{tile}</span>
              <span class="hint">{note}</span>
            </a>
          </li>
        ))}
    </ul>
  );
}

function Figures() {
  const w = money().figures;
  const read = useRead(async () => {
    const [books, citizens, professionals] = await Promise.all([
      readBooks(),
      population("citizen"),
      population("professional"),
    ]);
    return { books, citizens, professionals };
  }, [head.value?.number]);
  return (
    <Reading read={read}>
      {({ books, citizens, professionals }) => (
        <>
          {books?.isPaused && (
            <Notice tone="warn">
              <p>{w.paused}</p>
            </Notice>
          )}
          <div class="figures">
            {books && (
              <>
                <Figure label={w.supply} value={formatAmount(books.supply_cents)} />
                <Figure label={w.reserve} value={formatEuros(books.reserve_cents)} />
                {books.coverage !== null && <Figure label={w.coverage} value={formatShare(books.coverage)} />}
              </>
            )}
            <Figure label={home().residents} value={formatNumber(citizens)} />
            <Figure label={home().professionals} value={formatNumber(professionals)} />
          </div>
          {books && <p class="hint">{w.coverageNote}.</p>}
          {head.value && <p class="hint">{home().asOf(formatMoment(head.value.timestamp_s))}</p>}
        </>
      )}
    </Reading>
  );
}
