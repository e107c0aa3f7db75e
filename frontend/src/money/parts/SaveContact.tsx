import { useState } from "preact/hooks";
import type { Address } from "viem";
import { contactOf, saveContact } from "../../store/contacts";
import { money } from "../words/money";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";

/** Offers to give a name to an address that has none. */
export function SaveContact({ address }: { address: Address }) {
  const w = money();
  const [name, setName] = useState("");
  const [isSaved, setSaved] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  if (isSaved) {
    return (
      <Notice tone="good">
        <p>{w.pay.saved}</p>
      </Notice>
    );
  }
  if (contactOf(address)) return null;
  const save = (event: Event): void => {
    event.preventDefault();
    if (name.trim() === "") return setFault(w.contacts.nameEmpty);
    saveContact(name, address);
    setSaved(true);
  };
  return (
    <details>
      <summary>{w.pay.saveContact}</summary>
      <form onSubmit={save} noValidate>
        <TextField label={w.pay.contactName} value={name} onValue={setName} fault={fault} />
        <Button type="submit" look="secondary">
          {w.pay.save}
        </Button>
      </form>
    </details>
  );
}
