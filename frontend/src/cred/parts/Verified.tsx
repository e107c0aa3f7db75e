import type { Text } from "../../chain/texts";
import { cred } from "../words/cred";

/** Whether a text is the one whose hash the chain holds. */
export function Verified({ text: { isTrue } }: { text: Text }) {
  const w = cred().promise;
  if (isTrue === null)
    return (
      <p>
        <span class="badge">{w.unknown}</span>
      </p>
    );
  return isTrue ? (
    <p>
      <span class="badge good">✓ {w.true}</span>
    </p>
  ) : (
    <p>
      <span class="badge bad">✗ {w.false}</span>
    </p>
  );
}
