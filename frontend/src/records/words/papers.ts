import { words } from "../../words";
import type { papers as fr } from "./fr/papers";

export const papers = words(import.meta.glob<typeof fr>("./*/papers.ts", { eager: true, import: "papers" }));
