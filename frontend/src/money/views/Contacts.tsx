import { useState } from "preact/hooks";
import { readPayee } from "../payee";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Page } from "../../parts/Page";
import { link } from "../../router";
import { contacts, forgetContact, saveContact } from "../../store/contacts";
import "../../style/money.css";
import { pageOf } from "../pages";
import { money } from "../words/money";

export default function Contacts() {
  const w = money().contacts;
  return (
    <Page title={w.title} lead={w.lead}>
      {contacts.value.length === 0 ? (
        <p>{w.none}</p>
      ) : (
        <ul class="contacts">
          {contacts.value.map(({ name, address }) => (
            <li key={address}>
              <p>
                <strong>{name}</strong>
                <span class="hint">
                  <Address address={address} full />
                </span>
              </p>
              <div class="actions">
                <a class="button secondary" href={link(pageOf("/pay"), { to: address })} aria-label={w.payOne(name)}>
                  {money().payAction}
                </a>
                <Button look="quiet" aria-label={w.forgetOne(name)} onClick={() => forgetContact(address)}>
                  {w.forget}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Add />
    </Page>
  );
}

function Add() {
  const w = money();
  const [name, setName] = useState("");
  const [typed, setTyped] = useState("");
  const [faults, setFaults] = useState<{ name: string | null; address: string | null }>({ name: null, address: null });
  const add = (event: Event): void => {
    event.preventDefault();
    const payee = readPayee(typed, null, []);
    setFaults({
      name: name.trim() === "" ? w.contacts.nameEmpty : null,
      address: payee.fault ? w.pay[payee.fault] : null,
    });
    if (name.trim() === "" || payee.fault) return;
    saveContact(name, payee.address);
    setName("");
    setTyped("");
  };
  return (
    <form class="card" onSubmit={add} noValidate>
      <h2>{w.contacts.add}</h2>
      <TextField label={w.contacts.name} value={name} onValue={setName} fault={faults.name} />
      <TextField
        label={w.contacts.address}
        value={typed}
        onValue={setTyped}
        fault={faults.address}
        input={{ autocomplete: "off", spellcheck: false }}
      />
      <Button type="submit">{w.contacts.add}</Button>
    </form>
  );
}
