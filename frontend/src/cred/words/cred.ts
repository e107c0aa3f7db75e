import { words } from "../../words";
import type { cred as fr } from "./fr/cred";

export const cred = words(import.meta.glob<typeof fr>("./*/cred.ts", { eager: true, import: "cred" }));
