import { Page } from "../parts/Page";
import { core } from "../words/core";

export default function Home() {
  return <Page title={core().home} />;
}
