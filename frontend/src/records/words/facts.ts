import { words } from "../../words";
import type { facts as fr } from "./fr/facts";

export const facts = words(import.meta.glob<typeof fr>("./*/facts.ts", { eager: true, import: "facts" }));
