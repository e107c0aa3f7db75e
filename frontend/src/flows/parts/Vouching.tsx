import { isAddressEqual, zeroAddress } from "viem";
import { addressOf } from "../../chain/client";
import { Notice } from "../../parts/Notice";
import { useRead } from "../../parts/read";
import { type Operation, isTowns } from "../chain/clearing";
import { energy } from "../words/energy";

/** What whoever joins should know of an operation that anyone may have opened, on terms of her own. */
export function Vouching({ operation: { op, terms } }: { operation: Operation }) {
  const w = energy().vouching;
  const read = useRead(() => isTowns(op), [op]);
  const meters = addressOf("Meters");
  const isVoidedByMeters = meters !== undefined && isAddressEqual(terms.refuter, meters);
  return (
    <>
      {read.value === false && (
        <Notice tone="warn" live={false}>
          <p>{w.noTowns}</p>
        </Notice>
      )}
      {!isVoidedByMeters && (
        <Notice tone="bad" live={false}>
          <p>{isAddressEqual(terms.refuter, zeroAddress) ? w.noRefuter : w.otherRefuter}</p>
        </Notice>
      )}
    </>
  );
}
