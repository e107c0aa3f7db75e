import { ButtonLink } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { link } from "../../router";
import "../../style/land.css";
import { desk } from "../words/desk";
import { actWords } from "../concurred";
import { CONCURRED, type Concurred } from "../concurring";

/** The acts that the notary attests and the registrar makes. */
export default function Attest() {
  const w = desk().attest;
  return (
    <Page title={w.title} lead={w.lead}>
      <ul class="acts">
        {(Object.keys(CONCURRED) as Concurred[]).map((act) => {
          const { name, meaning } = actWords(act);
          return (
            <li key={act} class="card act-choice">
              <ButtonLink look="secondary" href={link(`/desk/attest/${act}`)}>
                {name}
              </ButtonLink>
              <p class="hint">{meaning}</p>
            </li>
          );
        })}
      </ul>
    </Page>
  );
}
