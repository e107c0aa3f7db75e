import { toHex } from "../ballot/bytes";
import { Copy } from "../../parts/Copy";
import { ballot } from "../words/ballot";

/** A ballot's fingerprint, in groups that two people can compare. */
export function Print({ hash }: { hash: Uint8Array }) {
  const text = toHex(hash);
  const groups = text.slice(2).match(/.{8}/g) ?? [];
  return (
    <p class="print">
      <code title={text}>{groups.join(" ")}</code>
      <Copy text={text} label={ballot().sealed.copyPrint} />
    </p>
  );
}
