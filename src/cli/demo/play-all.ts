import { connect, RequestFailed } from '../client.ts';
import { audience, showEnding, showOpening, showSummary, showTitle } from './page.ts';
import { play } from './play.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { prepareShelf } from './shelf.ts';
import { DemoFailure } from './within.ts';

const problemsOf = async (url: string, scenario: Scenario): Promise<readonly string[]> => {
  // A client for each: what a saga that failed left open does not show up in the next one.
  await using client = connect({ url });
  try {
    return await play(client, scenario, audience);
  } catch (error) {
    if (error instanceof DemoFailure || error instanceof RequestFailed) return [error.message];
    throw error;
  }
};

/** Plays every scenario against the panier at `url`. Resolves with whether all of them ended as they should. */
export const playAll = async (url: string): Promise<boolean> => {
  showOpening(url);
  let wentWell = 0;
  for (const [index, scenarioFrom] of SCENARIOS.entries()) {
    await using client = connect({ url });
    const scenario = scenarioFrom(await prepareShelf(client));
    showTitle(index + 1, scenario);
    const problems = await problemsOf(url, scenario);
    showEnding(scenario, problems);
    if (problems.length === 0) wentWell += 1;
  }
  showSummary(wentWell, SCENARIOS.length);
  return wentWell === SCENARIOS.length;
};
