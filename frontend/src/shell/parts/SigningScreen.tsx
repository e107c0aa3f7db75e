import { useEffect, useRef } from "preact/hooks";
import { theChain } from "../../chain/client";
import type { TypedData } from "../../wallet/typed";
import { type Question, question } from "../../wallet/signing";
import { core } from "../../words/core";
import { formatMoment } from "../../words/format";
import { Button } from "../../parts/Button";
import { Facts } from "../../parts/Table";

/** What is about to be signed, in plain words, before the wallet asks. Closing it declines. */
export function SigningScreen() {
  const asked = question.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = asked !== null;
  useEffect(() => {
    const element = dialog.current;
    if (!isOpen || !element || element.open) return;
    element.showModal();
    element.querySelector("h2")?.focus();
  }, [isOpen]);
  if (!asked) return null;
  return (
    <dialog
      ref={dialog}
      class="signing"
      aria-labelledby="signing-title"
      onCancel={(event) => {
        event.preventDefault();
        asked.decline();
      }}
    >
      <Reading asked={asked} />
    </dialog>
  );
}

const FOREVER = 2n ** 64n;

function Reading({ asked }: { asked: Question }) {
  const { explanation, typed, stage } = asked;
  const { title, lines, consequence, until_s, payer } = explanation;
  const w = core().signing;
  const until = until_s === null || until_s >= FOREVER ? w.forever : formatMoment(until_s);
  return (
    <>
      <p class="eyebrow">{w.heading}</p>
      <h2 id="signing-title" tabIndex={-1}>
        {title}
      </h2>
      <Facts
        facts={[
          ...lines,
          [w.network, theChain().name],
          ...(typed ? ([[w.until, until]] as const) : []),
          [w.payer, w[payer]],
        ]}
      />
      {consequence && <p class="consequence">{consequence}</p>}
      {typed && <Exact typed={typed} />}
      {stage === "reading" ? (
        <div class="actions">
          <Button wide onClick={asked.agree}>
            {typed ? w.sign : w.send}
          </Button>
          <Button wide look="secondary" onClick={asked.decline}>
            {w.decline}
          </Button>
        </div>
      ) : (
        <div role="status">
          <p class="pending">
            <span class="spinner" aria-hidden="true" /> <strong>{w.inWallet}</strong>
          </p>
          <p class="hint">{w.inWalletText}</p>
          <Button wide look="secondary" onClick={asked.decline}>
            {w.abandon}
          </Button>
        </div>
      )}
    </>
  );
}

/** The message as it is, for whoever wants to compare it with the wallet's. */
function Exact({ typed }: { typed: TypedData }) {
  const w = core().signing;
  const fields = typed.types[typed.primaryType] ?? [];
  return (
    <details>
      <summary>{w.exact}</summary>
      <dl class="exact">
        <dt>{w.contract}</dt>
        <dd>
          {typed.domain.name} · {typed.domain.verifyingContract}
        </dd>
        <dt>{typed.primaryType}</dt>
        {fields.map(({ name }) => (
          <dd key={name}>
            {name}: {exact(typed.message[name])}
          </dd>
        ))}
      </dl>
    </details>
  );
}

const exact = (value: unknown): string =>
  typeof value === "object"
    ? JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner))
    : String(value);
