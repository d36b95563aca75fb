import { runOn } from '#operation/runtime/runtime.ts';
import { checkAll } from './checks/check-all.ts';
import { Asks } from './clients/asks.ts';
import { Client, type Kept } from './clients/client.ts';
import { moveClockOf } from './clients/clock.ts';
import { doBusiness } from './clients/flows.ts';
import { guardShop } from './clients/guard.ts';
import { forgetSome } from './clients/persons.ts';
import { openShop, type Shop } from './clients/shop.ts';
import { Till } from './clients/till.ts';
import { firstUseOfSdk } from './world/dynamo-endpoint.ts';
import { Instance } from './world/instance.ts';
import { keepSchedulesRunning, runDueSchedules } from './world/schedules.ts';
import { leave } from './world/sources.ts';
import { type Tools, World } from './world/world.ts';

/** What came of a run. */
export interface Result {
  seed: number;
  findings: readonly string[];
  /** Readable, line by line, where it is wanted. */
  history: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const DAY_MS = 24 * HOUR_MS;

/**
 * The minutes after the end of the faults at which schedules run: orders expire after ten, charges
 * that were claimed and lost are due again after fifteen, and so are links that could not be sent.
 */
const CALM_MINUTES = [1, 2, 4, 6, 8, 12, 16, 18, 32, 34];
const SHORT_CALM_MINUTES = [2, 12, 14];

/** After the business: plans by the day are charged again. Keys are remembered for three days. */
const DAYS = 2;
const MINUTES_OF_A_DAY = [1, 2, 4];

/** What is loaded or read of files when it is first used is there before time is virtual. */
const ready = Promise.all([firstUseOfSdk(), import('#messages/phone-number.ts')]);

/**
 * One run: shops do business while everything goes wrong, then the faults end, the schedules put
 * right what was left, and what the whole world believes is compared.
 */
export async function simulate(seed: number, withHistory: boolean): Promise<Result> {
  await ready;
  const world = new World(seed);
  runOn(() => {
    const actor = world.time.actors.getStore();
    return actor instanceof Instance ? actor.runtime : undefined;
  });
  const asks = new Asks();
  const kept = new Map<string, Kept>();
  try {
    const operator = newOperator(world);
    const tools = { runtime: operator.runtime, client: world.clientOf(operator) };
    const shops = await world.time.until(open(world, operator, tools), MINUTE_MS);
    world.faults.begin();
    world.history.add('world', `seed ${seed}: ${world.faults.text()}`);
    await world.time.until(trade(world, shops, asks, kept), HOUR_MS);
    await world.time.until(passDays(world, asks, shops), (DAYS + 1) * DAY_MS);
    world.faults.end();
    world.history.add('world', 'the faults are over');
    await world.time.until(calm(world, CALM_MINUTES), HOUR_MS);
    await world.time.until(repeatAll(world, asks, kept), HOUR_MS);
    await world.time.until(calm(world, SHORT_CALM_MINUTES), HOUR_MS);
    const check = () => checkAll({ world, runtime: operator.runtime, shops, asks });
    await world.time.until(world.time.actors.run(operator, check), HOUR_MS);
  } catch (error) {
    world.fail(`the run broke off: ${(error as Error).stack}`);
  } finally {
    leave();
  }
  const history = withHistory ? world.history.text() : '';
  return { seed, findings: world.findings, history };
}

/** Whoever sets up and checks: no fault touches what it does before and after the business. */
function newOperator(world: World): Instance {
  const operator = world.lambdas.newInstance('operator');
  operator.thaw(null);
  return operator;
}

function open(world: World, operator: Instance, tools: Tools): Promise<Shop[]> {
  return world.time.actors.run(operator, async () => {
    await operator.runtime.access.createVault();
    const count = world.random.int(1, 3);
    const shops: Shop[] = [];
    for (let index = 0; index < count; index += 1) {
      const clockAheadMs = world.random.chance(0.3) ? world.random.int(0, 9) * DAY_MS : null;
      const shop = await openShop(tools, clockAheadMs);
      const { random } = world;
      const guard = random.chance(0.25) ? await guardShop(world, tools, shop, random) : null;
      shops.push({ ...shop, guard });
    }
    return shops;
  });
}

/** All shops at the same time, each some pieces of business, while schedules run beside. */
async function trade(
  world: World,
  shops: readonly Shop[],
  asks: Asks,
  kept: Map<string, Kept>,
): Promise<void> {
  const business = shops.flatMap((shop, index) => {
    const random = world.random.stream(`shop ${index}`);
    const tills = random.int(1, 3);
    return Array.from({ length: tills }, async (_, number) => {
      const client = new Client(`shop ${index + 1} till ${number + 1}`, world, asks, kept);
      const till = new Till(shop, client, random.stream(`till ${number}`));
      await world.time.wait(random.between(0, 20_000));
      const times = random.int(1, 3);
      for (let time = 0; time < times; time += 1) await doBusiness(till);
    });
  });
  const clocks = shops.map((shop) => moveClockOf(world, shop));
  await keepSchedulesRunning(world, Promise.all([...business, ...clocks]));
}

/** Nobody comes; what is due by the day goes on, and goes wrong. */
async function passDays(world: World, asks: Asks, shops: readonly Shop[]): Promise<void> {
  for (let day = 1; day <= DAYS; day += 1) {
    await world.time.wait(DAY_MS);
    await calm(world, MINUTES_OF_A_DAY);
    if (day === 1) await forgetSome(world, asks, shops);
  }
}

/** Lets schedules put right what is left. */
async function calm(world: World, minutes: readonly number[]): Promise<void> {
  let waited = 0;
  for (const minute of minutes) {
    await world.time.wait((minute - waited) * MINUTE_MS);
    waited = minute;
    await runDueSchedules(world);
  }
}

/** Every request with a key once more: whoever asks later must be told what was told before. */
async function repeatAll(world: World, asks: Asks, kept: Map<string, Kept>): Promise<void> {
  const client = new Client('repeats', world, asks, kept);
  for (const [key, one] of kept) await client.repeat(key, one);
}
