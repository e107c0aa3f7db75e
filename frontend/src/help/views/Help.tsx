import { Prose } from "../parts/Prose";

export default function Help() {
  return <Prose page="help" />;
}
