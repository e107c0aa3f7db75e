import { head } from "../../chain/head";
import { type Mandate, readMandates } from "../history";
import { nameOf } from "../../parts/Address";
import { ButtonLink } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import "../../style/ballot.css";
import { holds } from "../../wallet/who";
import { cred } from "../words/cred";
import { formatDay, formatShare } from "../../words/format";

/** Who promised, and what is left of what they staked. */
export default function List() {
  const w = cred().list;
  const read = useRead(readMandates, [head.value?.number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>
        {(mandates) =>
          mandates.length ? (
            <ul class="list polls">
              {mandates.map((mandate) => (
                <li key={mandate.number}>
                  <Entry mandate={mandate} />
                </li>
              ))}
            </ul>
          ) : (
            <p>{w.none}</p>
          )
        }
      </Reading>
      {holds("clerk") && (
        <ButtonLink look="secondary" href={link("/desk/act/openMandate")}>
          {w.open}
        </ButtonLink>
      )}
    </Page>
  );
}

function Entry({ mandate: { number, subject, promises, capital, frozen, supply, endsAt_s } }: { mandate: Mandate }) {
  const w = cred().list;
  return (
    <a href={link(`/cred/${number}`)}>
      <span class="poll-title">{nameOf(subject)}</span>
      <span class="poll-state">
        {promises.length ? (
          <>
            <span class="badge plain">{w.left(formatShare(partOf(capital - frozen, supply)))}</span>
            <span class="hint">{w.promises(promises.length)}</span>
          </>
        ) : (
          <span class="badge">{w.notPledged}</span>
        )}
        <span class="hint">{w.until(formatDay(endsAt_s))}</span>
      </span>
    </a>
  );
}

/** A part of a whole, from 0 to 1. */
export function partOf(part: bigint, whole: bigint): number {
  return whole ? Number((part * 10_000n) / whole) / 10_000 : 0;
}
