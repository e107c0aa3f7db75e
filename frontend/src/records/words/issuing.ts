import { words } from "../../words";
import type { issuing as fr } from "./fr/issuing";

export const issuing = words(import.meta.glob<typeof fr>("./*/issuing.ts", { eager: true, import: "issuing" }));
