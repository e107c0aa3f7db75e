import { words } from "../../words";
import { money as en } from "./en/money";
import { money as fr } from "./fr/money";

export const money = words(fr, en);
