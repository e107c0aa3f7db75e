import { Page } from "../parts/Page";
import { core } from "../words/core";

export default function Money() {
  return <Page title={core().navigation.money} />;
}
