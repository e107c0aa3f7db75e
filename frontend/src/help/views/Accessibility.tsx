import { Prose } from "../parts/Prose";

export default function Accessibility() {
  return <Prose page="accessibility" />;
}
