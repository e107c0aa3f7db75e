import { useState } from "preact/hooks";
import { keccak256 } from "viem";
import { Field } from "../../parts/Field";
import { formatHash } from "../../words/format";
import { desk } from "../words/desk";

interface Props {
  label: string;
  value: string;
  onValue: (value: string) => void;
  fault?: string | null;
}

/** A document: its name in words, or the file itself, which never leaves the device. */
export function DocumentField({ label, value, onValue, fault }: Props) {
  const w = desk().hints;
  const [file, setFile] = useState<string | null>(null);
  const read = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    const hash = keccak256(new Uint8Array(await chosen.arrayBuffer()));
    setFile(hash);
    onValue(hash);
  };
  return (
    <Field label={label} hint={w.document} fault={fault}>
      {(wiring) => (
        <span class="document">
          <input
            {...wiring}
            type="text"
            value={file ? "" : value}
            onInput={(event) => {
              setFile(null);
              onValue(event.currentTarget.value);
            }}
          />
          <label class="button secondary file">
            {w.file}
            <input type="file" class="hidden" onChange={(event) => void read(event.currentTarget.files?.[0])} />
          </label>
          {file && <span class="hint">{w.fileHash(formatHash(file as `0x${string}`))}</span>}
        </span>
      )}
    </Field>
  );
}
