import { connect, RequestFailed } from '../client.ts';
import { audience, showEnding, showOpening, showSummary, showTitle } from './page.ts';
import { play } from './play.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { prepareShelf } from './shelf.ts';
import { DemoFailure } from './within.ts';

/** Where, and who plays. */
interface Stage {
  readonly url: string;
  readonly token: string;
}

const problemsOf = async (stage: Stage, scenario: Scenario): Promise<readonly string[]> => {
  // A client for each: what a saga that failed left open does not show up in the next one.
  await using client = connect(stage);
  try {
    return await play(client, scenario, audience);
  } catch (error) {
    if (error instanceof DemoFailure || error instanceof RequestFailed) return [error.message];
    throw error;
  }
};

/** Plays every scenario against the panier at `url`, with an operator's token. Resolves with whether all of them ended as they should. */
export const playAll = async (stage: Stage): Promise<boolean> => {
  showOpening(stage.url);
  let wentWell = 0;
  for (const [index, scenarioFrom] of SCENARIOS.entries()) {
    await using client = connect(stage);
    const scenario = scenarioFrom(await prepareShelf(client));
    showTitle(index + 1, scenario);
    const problems = await problemsOf(stage, scenario);
    showEnding(scenario, problems);
    if (problems.length === 0) wentWell += 1;
  }
  showSummary(wentWell, SCENARIOS.length);
  return wentWell === SCENARIOS.length;
};
