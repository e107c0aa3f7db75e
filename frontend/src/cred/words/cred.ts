import { words } from "../../words";
import { cred as en } from "./en/cred";
import { cred as fr } from "./fr/cred";

export const cred = words(fr, en);
