import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { CodeReader } from "../../parts/CodeReader";
import { TextField } from "../../parts/Field";
import { purse } from "../words/purse";
import { till } from "../words/till";

/** Scans a sheet, or a phone that shows a payment; or has a sheet's code typed. */
export function TakeCode({ onCode, busy }: { onCode: (code: string) => void; busy: boolean }) {
  const w = till();
  const [isScanning, setScanning] = useState(false);
  const [typed, setTyped] = useState("");
  return (
    <>
      {isScanning ? (
        <CodeReader
          onCode={(code) => {
            setScanning(false);
            onCode(code);
            return true;
          }}
        />
      ) : (
        <Button wide busy={busy} onClick={() => setScanning(true)}>
          {w.scan}
        </Button>
      )}
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onCode(typed);
        }}
      >
        <TextField
          label={purse().code}
          value={typed}
          onValue={setTyped}
          input={{ autocomplete: "off", spellcheck: false, autocapitalize: "characters" }}
        />
        <Button type="submit" look="secondary" busy={busy}>
          {w.code}
        </Button>
      </form>
    </>
  );
}
