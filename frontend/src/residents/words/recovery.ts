import { words } from "../../words";
import { recovery as en } from "./en/recovery";
import { recovery as fr } from "./fr/recovery";

export const recovery = words(fr, en);
