import { nameOf } from "../../parts/Address";
import { Notice } from "../../parts/Notice";
import { formatMoment } from "../../words/format";
import type { ReadLots } from "../lots/read";
import { faultTold } from "../told";
import { lots as words } from "../words/lots";

/** Whose word all that follows is, and which files are none. */
export function LotsTrust({ lots: { asOf_s, unreadable, unsealed, unshown } }: { lots: ReadLots }) {
  const w = words();
  return (
    <>
      {asOf_s === null ? (
        <p class="hint">{w.byNode}</p>
      ) : (
        <Notice tone="warn" live={false}>
          <p>{w.byList(formatMoment(asOf_s))}</p>
        </Notice>
      )}
      {unreadable.map(({ path, fault }) => (
        <Notice key={path} tone="bad" live={false} title={w.unreadable}>
          <p>
            {path} : {faultTold(fault)}
          </p>
        </Notice>
      ))}
      {unsealed.length > 0 && (
        <Notice tone="bad" live={false} title={w.unsealed}>
          <ul>
            {unsealed.map(({ path, count }) => (
              <li key={path}>{w.unsealedOne(path, count)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {unshown.map(({ issuer, count }) => (
        <Notice key={issuer} tone="warn" live={false}>
          <p>{w.unshown(nameOf(issuer), count)}</p>
        </Notice>
      ))}
    </>
  );
}

/** What the chain does not prove, and what the page does not check. */
export function LotsLimit() {
  const w = words();
  return (
    <p class="hint">
      {w.limit} {w.hash}
    </p>
  );
}
