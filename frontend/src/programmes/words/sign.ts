import { words } from "../../words";
import type { sign as fr } from "./fr/sign";

export const sign = words(import.meta.glob<typeof fr>("./*/sign.ts", { eager: true, import: "sign" }));
