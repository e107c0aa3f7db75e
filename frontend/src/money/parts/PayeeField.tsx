import { TextField } from "../../parts/Field";
import { contacts } from "../../store/contacts";
import { money } from "../words/money";

interface Props {
  /** "To whom", where it is not a payment. */
  label?: string;
  value: string;
  onValue: (value: string) => void;
  fault: string | undefined;
}

/** Someone, by a contact's name or by address. */
export function PayeeField({ label = money().pay.to, value, onValue, fault }: Props) {
  return (
    <>
      <TextField
        label={label}
        hint={money().pay.toHint}
        value={value}
        onValue={onValue}
        fault={fault}
        input={{ list: "contacts", autocomplete: "off", spellcheck: false, autocapitalize: "none" }}
      />
      <datalist id="contacts">
        {contacts.value.map((contact) => (
          <option key={contact.address} value={contact.name} />
        ))}
      </datalist>
    </>
  );
}
