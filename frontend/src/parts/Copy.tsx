import { useState } from "preact/hooks";
import { core } from "../words/core";

/** Puts a text on the clipboard, and says so. */
export function Copy({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 2_000);
      },
      () => {}, // not allowed here: the text stands beside it
    );
  };
  return (
    <button type="button" class="copy" onClick={copy} aria-label={label}>
      <span role="status">{isCopied ? core().copied : core().copy}</span>
    </button>
  );
}
