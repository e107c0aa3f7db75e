import { words } from "../../words";
import type { ballot as fr } from "./fr/ballot";

export const ballot = words(import.meta.glob<typeof fr>("./*/ballot.ts", { eager: true, import: "ballot" }));
