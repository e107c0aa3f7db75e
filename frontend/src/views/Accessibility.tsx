import { Page } from "../parts/Page";
import { core } from "../words/core";

export default function Accessibility() {
  return <Page title={core().home} />;
}
