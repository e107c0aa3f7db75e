import { useState } from "preact/hooks";
import { readScan } from "../request";
import { Button } from "../../parts/Button";
import { CodeReader } from "../../parts/CodeReader";
import { TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { go } from "../../router";
import "../../style/money.css";
import { currencyAt } from "../../town/currency";
import { pageOf } from "../pages";
import { money } from "../words/money";

export default function Scan() {
  const w = money().scan;
  const [fault, setFault] = useState<string | null>(null);
  const [text, setText] = useState("");

  const open = (scanned: string): boolean => {
    try {
      const found = readScan(scanned);
      if ("address" in found) go(pageOf("/pay"), { to: found.address });
      else go(pageOf("/pay/request", currencyAt(found.request.currency)), { uri: scanned.trim() });
      return true;
    } catch {
      // A request that was changed is told by its own view; anything else is not for us.
      if (scanned.trim().startsWith("ethereum:")) go(pageOf("/pay/request"), { uri: scanned.trim() });
      else setFault(money().request.unreadable);
      return false;
    }
  };

  return (
    <Page title={w.title} lead={w.lead}>
      <CodeReader onCode={open} />
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          open(text);
        }}
      >
        <TextField label={w.paste} value={text} onValue={setText} multiline />
        <Button type="submit" look="secondary">
          {w.read}
        </Button>
      </form>
    </Page>
  );
}
