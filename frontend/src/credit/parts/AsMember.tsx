import type { ComponentChildren } from "preact";
import type { Address } from "viem";
import { head } from "../../chain/head";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { type Circle, type Member, readMember } from "../chain/circle";

interface Props {
  circle: Circle;
  children: (member: Member, account: Address) => ComponentChildren;
}

/** What is the connected account's in a circle, as of the last block. */
export function AsMember(props: Props) {
  return <NeedsWallet>{({ account }) => <Of key={account} account={account} {...props} />}</NeedsWallet>;
}

function Of({ circle, account, children }: Props & { account: Address }) {
  const read = useRead(() => readMember(circle, account), [circle, account, head.value?.number]);
  return <Reading read={read}>{(member) => children(member, account)}</Reading>;
}
