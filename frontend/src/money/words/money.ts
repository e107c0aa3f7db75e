import { words } from "../../words";
import type { money as fr } from "./fr/money";

export const money = words(import.meta.glob<typeof fr>("./*/money.ts", { eager: true, import: "money" }));
