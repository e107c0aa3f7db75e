import { useState } from "preact/hooks";
import { readScan } from "../../money/request";
import { money } from "../../money/words/money";
import { CodeReader } from "../../parts/CodeReader";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import type { ViewProps } from "../../route";
import { go } from "../../router";
import { circles, pageOf } from "../pages";
import { credit } from "../words/credit";

/** Whom to pay, by a code that shows an account. */
export default function Scan({ parameters }: ViewProps) {
  const circle = parameters["circle"] ?? circles()[0] ?? "";
  const [fault, setFault] = useState<string | null>(null);
  const open = (scanned: string): boolean => {
    try {
      const found = readScan(scanned);
      if ("address" in found) go(pageOf("/credit/pay", circle), { to: found.address });
      // A till waits for money: credit would not be seen there.
      else setFault(credit().scan.asksMoney);
      return "address" in found;
    } catch {
      setFault(credit().scan.nobody);
      return false;
    }
  };
  return (
    <Page title={money().scan.title} lead={credit().scan.lead}>
      <CodeReader onCode={open} />
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
    </Page>
  );
}
