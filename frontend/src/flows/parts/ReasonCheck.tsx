import { useState } from "preact/hooks";
import { keccak256, stringToHex } from "viem";
import { Address } from "../../parts/Address";
import { TextField } from "../../parts/Field";
import type { Contest } from "../chain/clearing";
import { energy } from "../words/energy";

/** Whether a text that somebody hands over is the reason of a contest: of that, the chain has the fingerprint. */
export function ReasonCheck({ contests }: { contests: readonly Contest[] }) {
  const w = energy().desk;
  const [text, setText] = useState("");
  const hash = keccak256(stringToHex(text.trim()));
  const found = contests.find(({ reasonHash }) => reasonHash === hash);
  return (
    <details class="card more">
      <summary>{w.checkReason}</summary>
      <TextField label={w.reasonText} hint={w.reasonHint} value={text} onValue={setText} multiline />
      <p role="status">
        {found && (
          <>
            {w.reasonOf} <Address address={found.member} copy />
          </>
        )}
        {text.trim() && !found && w.reasonOfNobody}
      </p>
    </details>
  );
}
