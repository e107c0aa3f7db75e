import { useState } from "preact/hooks";
import { Notice } from "../../parts/Notice";
import { labour } from "../energy/labour";
import type { Rules } from "../energy/rules";
import { faultTold } from "../told";
import type { Terms } from "../terms";
import { energy } from "../words/energy";
import { ChosenFile } from "./ChosenFile";
import { TariffCard } from "./TariffCard";

/** The rules that one's signature stands for, read before one signs: of them the chain has a fingerprint. */
export function RulesFile({ terms }: { terms: Terms }) {
  const w = energy().tariff;
  const [file, setFile] = useState<File | null>(null);
  const [rules, setRules] = useState<Rules | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const read = async (chosen: File): Promise<void> => {
    setFile(chosen);
    setRules(null);
    setFault(null);
    try {
      const found = await labour("rules", { file: chosen });
      if (found.hash === terms.rulesHash) setRules(found.rules);
      else setFault(w.otherRules);
    } catch (error) {
      setFault(faultTold(error));
    }
  };
  return (
    <details class="card more">
      <summary>{w.read}</summary>
      <p>{w.readLead}</p>
      <ChosenFile label={w.file} hint={w.drop} file={file} onFile={(it) => void read(it)} />
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
      {rules && <TariffCard rules={rules} />}
    </details>
  );
}
