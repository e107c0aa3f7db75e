import type { ComponentChildren } from "preact";
import { link } from "../router";
import { type Session, session } from "../wallet/session";
import { core } from "../words/core";
import { ButtonLink } from "./Button";
import { Notice } from "./Notice";

/** Shows what needs a wallet to whoever has one connected; explains to the others. */
export function NeedsWallet({ children }: { children: (session: Session) => ComponentChildren }) {
  const current = session.value;
  if (current) return <>{children(current)}</>;
  return (
    <Notice live={false} title={core().wallet.needed}>
      <p>{core().wallet.neededText}</p>
      <ButtonLink href={link("/wallet")}>{core().wallet.connect}</ButtonLink>
    </Notice>
  );
}
