import { words } from "../../words";
import type { faults as fr } from "./fr/faults";

export const faults = words(import.meta.glob<typeof fr>("./*/faults.ts", { eager: true, import: "faults" }));
