import type { Address } from "viem";
import { head } from "../../chain/head";
import { addressOf } from "../../chain/client";
import { ButtonLink } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import "../../style/land.css";
import { seatName } from "../../wallet/seat";
import { type Office, type Seat, currenciesOf, who } from "../../wallet/who";
import { sign as cred } from "../../cred/words/sign";
import { sign as vote } from "../../vote/words/sign";
import { instancesOf, serving } from "../../town/instances";
import { formatMoment } from "../../words/format";
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { openings } from "../../vote/words/openings";
import { ACTS, type ActName, actPath, formsOf, isOnMoney } from "../acts";
import { Announcements } from "../parts/Announcements";
import { Deeds } from "../parts/Deeds";
import { NextActs } from "../parts/NextActs";
import { Polls } from "../parts/Polls";
import { readAttested, readNextActs } from "../read";
import { actWords } from "../told";

/** What waits for the connected account in each of its offices, and what else each may do. */
export default function Desk() {
  const w = desk();
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>{({ account }) => <Offices account={account} />}</NeedsWallet>
    </Page>
  );
}

function Offices({ account }: { account: Address }) {
  const w = desk();
  const held = who.value?.offices;
  const seats = who.value?.seats ?? [];
  const now_s = head.value?.timestamp_s ?? 0;
  const roles = seats.map(({ role }) => role).join();
  const next = useRead(() => readNextActs(seats, now_s), [roles, head.value?.number]);
  if (!held) return null;
  return (
    <>
      {held.size === 0 && <p>{w.noOffice}</p>}
      {held.size > 0 && (
        <p class="actions">
          {seats.map((seat) => (
            <span key={seat.role} class="badge plain">
              {seatName(seat)}
            </span>
          ))}
        </p>
      )}
      <section>
        <h2>{held.size === 0 ? w.anyone : w.next}</h2>
        {held.has("notary") && addressOf("Conveyance") && <Deeds now_s={now_s} />}
        {held.has("returningOfficer") && addressOf("Consultations") && <Polls />}
        {held.has("registrar") && addressOf("LandRegister") && <Waiting now_s={now_s} />}
        <Reading read={next}>
          {(acts) => {
            // Deeds and attested acts are listed above, by themselves.
            const isAll = !LISTED.some((office) => held.has(office));
            return acts.length > 0 ? <NextActs acts={acts} now_s={now_s} /> : isAll && <p>{w.nothing}</p>;
          }}
        </Reading>
      </section>
      <Announcements key={account} account={account} now_s={now_s} />
      {seats.map((seat) => (
        <Forms key={seat.role} seat={seat} />
      ))}
    </>
  );
}

/** Acts of two offices that the notary attested: the registrar's turn. */
function Waiting({ now_s }: { now_s: number }) {
  const w = desk().concur;
  const read = useRead(() => readAttested(now_s), [head.value?.number]);
  const first = read.value?.[0];
  if (!read.value || !first) return null;
  return (
    <div class="card stack">
      <div class="act-head">
        <h3>{w.count(read.value.length)}</h3>
        <span class="when hint">{desk().before(formatMoment(first.until_s))}</span>
      </div>
      <ButtonLink look="secondary" href={link("/desk/concur")}>
        {w.carryOut}
      </ButtonLink>
    </div>
  );
}

/** Ways to what an office may do at any time; nothing where it only answers. */
function Forms({ seat }: { seat: Seat }) {
  const w = desk();
  const { office } = seat;
  const onMoney = currenciesOf(seat).flatMap((currency) =>
    formsOf(office)
      .filter(isOnMoney)
      .map((name) => ({ to: actPath(name, currency.contract), name: actWords(name, currency).name })),
  );
  const ways = [...onMoney, ...(seat.currency === null ? townWays(office) : [])];
  if (ways.length === 0) return null;
  return (
    <section>
      <h2>
        {w.other} — {seatName(seat)}
      </h2>
      <div class="actions">
        {ways.map(({ to, name }) => (
          <ButtonLink key={to} look="secondary" href={link(to)}>
            {name}
          </ButtonLink>
        ))}
      </div>
    </section>
  );
}

/** Ways to what an office of the town does on no currency. */
function townWays(office: Office): { to: string; name: string }[] {
  const forms = formsOf(office).filter((name) => !isOnMoney(name) && addressOf(ACTS[name].contract));
  return [
    ...forms.flatMap(formsOn),
    ...(addressOf("LandRegister") ? (OTHERS[office] ?? []).map(({ to, name }) => ({ to, name: name() })) : []),
    ...(TOWN[office] ?? []).map(({ to, name }) => ({ to, name: name() })),
  ];
}

/** The ways to a form: one, and of what is done to sales one for each contract that has some. */
function formsOn(name: ActName): { to: string; name: string }[] {
  const { contract } = ACTS[name];
  const title = desk().acts[name].name;
  const all = contract === "Conveyance" ? instancesOf(contract) : [serving(contract)];
  return all.map((on) => ({ to: actPath(name, on), name: all.length > 1 ? `${title} — ${on}` : title }));
}

/** Offices whose matters are listed by themselves. */
const LISTED: readonly Office[] = ["notary", "registrar", "returningOfficer"];

type Ways = Partial<Record<Office, readonly { to: string; name: () => string }[]>>;

const OTHERS: Ways = {
  notary: [
    { to: "/desk/draft", name: () => drafting().sale.title },
    { to: "/desk/attest", name: () => desk().attest.title },
  ],
  registrar: [{ to: "/desk/concur", name: () => desk().concur.title }],
};

const TOWN: Ways = {
  returningOfficer: [
    { to: "/desk/poll", name: () => openings().poll.title },
    { to: "/desk/key", name: () => openings().key.title },
    { to: "/vote", name: () => vote().name },
  ],
  jury: [{ to: "/cred", name: () => cred().name }],
  auditor: [{ to: "/audit", name: () => desk().town }],
};
