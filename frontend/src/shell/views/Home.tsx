import type { Address } from "viem";
import { head } from "../../chain/head";
import { type Books, population, readBalances, readBooks } from "../../money/figures";
import { pageOf } from "../../money/pages";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Figure } from "../../parts/Table";
import { shownWays } from "../ways";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { currencyNamed, isOneOfSeveral } from "../../town/currency";
import { theTown } from "../../town/folder";
import type { Currency } from "../../town/town";
import { session } from "../../wallet/session";
import { formatAmount, formatEuros, formatMoment, formatNumber, formatShare } from "../../words/format";
import { core } from "../../words/core";
import { home } from "../words/home";
import { money } from "../../money/words/money";

export default function Home() {
  const w = home();
  return (
    <Page title={theTown().name} lead={w.lead}>
      {session.value && theTown().currencies.length > 0 && <Purses account={session.value.account} />}
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

/** What the connected account has, in each money of the town. */
function Purses({ account }: { account: Address }) {
  const read = useRead(() => readBalances(account), [account, head.value?.number]);
  return (
    <section>
      <h2>{money().balance}</h2>
      <Reading read={read}>
        {(balances) => (
          <ul class="list">
            {balances.map(([currency, cents]) => (
              <li key={currency.contract}>
                <a href={link(pageOf("", currency))}>
                  {currency.name} <strong>{formatAmount(cents, currency)}</strong>
                </a>
              </li>
            ))}
          </ul>
        )}
      </Reading>
    </section>
  );
}

function Figures() {
  const { currencies } = theTown();
  const read = useRead(async () => {
    const [books, citizens, professionals] = await Promise.all([
      Promise.all(currencies.map(readBooks)),
      population("citizen"),
      population("professional"),
    ]);
    return { books, citizens, professionals };
  }, [head.value?.number]);
  return (
    <Reading read={read}>
      {({ books, citizens, professionals }) => (
        <>
          {currencies.map((currency, place) => (
            <BooksOf key={currency.contract} currency={currency} books={books[place]!} />
          ))}
          <div class="figures">
            <Figure label={home().residents} value={formatNumber(citizens)} />
            <Figure label={home().professionals} value={formatNumber(professionals)} />
          </div>
          {books.length > 0 && <p class="hint">{money().figures.coverageNote}.</p>}
          {head.value && <p class="hint">{home().asOf(formatMoment(head.value.timestamp_s))}</p>}
        </>
      )}
    </Reading>
  );
}

const followedText = ({ name, followedBy }: Currency): string =>
  money().retired.title(name, currencyNamed(followedBy ?? "")?.name ?? "");

function BooksOf({ currency, books }: { currency: Currency; books: Books }) {
  const w = money().figures;
  return (
    <>
      {isOneOfSeveral() && <h3>{currency.name}</h3>}
      {books.isPaused && (
        <Notice tone={books.isRetired ? "info" : "warn"}>
          <p>{books.isRetired ? followedText(currency) : w.paused}</p>
        </Notice>
      )}
      <div class="figures">
        <Figure label={w.supply} value={formatAmount(books.supply_cents, currency)} />
        <Figure label={w.reserve} value={formatEuros(books.reserve_cents)} />
        {books.coverage !== null && <Figure label={w.coverage} value={formatShare(books.coverage)} />}
      </div>
    </>
  );
}
