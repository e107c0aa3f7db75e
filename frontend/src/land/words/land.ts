import { words } from "../../words";
import { land as en } from "./en/land";
import { land as fr } from "./fr/land";

export const land = words(fr, en);
