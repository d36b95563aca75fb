import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { runOn } from '#operation/runtime/runtime.ts';
import { checkAll } from './checks/check-all.ts';
import { Asks } from './clients/asks.ts';
import { Client, type Kept } from './clients/client.ts';
import { doBusiness } from './clients/flows.ts';
import { openShop, type Shop } from './clients/shop.ts';
import { Till } from './clients/till.ts';
import { firstUseOfSdk } from './world/dynamo-endpoint.ts';
import { Instance } from './world/instance.ts';
import { leave } from './world/sources.ts';
import { World } from './world/world.ts';

/** What came of a run. */
export interface Result {
  seed: number;
  findings: readonly string[];
  /** Readable, line by line. */
  history: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The minutes after the end of the faults at which schedules run: orders expire after ten. */
const CALM_MINUTES = [1, 2, 4, 6, 8, 12];
const SHORT_CALM_MINUTES = [2, 12];

/** What the SDK reads of files and loads when it is first used is read before time is virtual. */
const ready = firstUseOfSdk();

/** Those of the work that tills make: nobody subscribes or hands in files. */
const SCHEDULES = functionsOf(catalog, 'schedule').filter(({ declaration }) =>
  ['recoverPayments', 'expireOrders', 'dispatchNotifications'].includes(declaration.name),
);

/**
 * One run: shops do business while everything goes wrong, then the faults end, the schedules put
 * right what was left, and what the whole world believes is compared.
 */
export async function simulate(seed: number): Promise<Result> {
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
    const shops = await world.time.until(open(world, operator), MINUTE_MS);
    world.faults.begin();
    world.history.add('world', `seed ${seed}: ${world.faults.text()}`);
    await world.time.until(trade(world, shops, asks, kept), HOUR_MS);
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
  return { seed, findings: world.findings, history: world.history.text() };
}

/** Whoever sets up and checks: no fault touches what it does before and after the business. */
function newOperator(world: World): Instance {
  const operator = world.lambdas.newInstance('operator');
  operator.thaw(null);
  return operator;
}

function open(world: World, operator: Instance): Promise<Shop[]> {
  return world.time.actors.run(operator, async () => {
    await operator.runtime.access.createVault();
    const count = world.random.int(1, 3);
    const shops: Shop[] = [];
    for (let index = 0; index < count; index += 1) shops.push(await openShop(operator.runtime));
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
  let isOver = false;
  const schedules = SCHEDULES.map(async (entry) => {
    while (!isOver) {
      await world.time.wait(world.latency.between(0.5, 1.5) * MINUTE_MS);
      // Not waited for: the next run may begin before this one has ended.
      void world.lambdas.invoke(entry, {});
    }
  });
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
  await Promise.all(business);
  isOver = true;
  await Promise.all(schedules);
}

/** Lets schedules put right what is left. */
async function calm(world: World, minutes: readonly number[]): Promise<void> {
  let waited = 0;
  for (const minute of minutes) {
    await world.time.wait((minute - waited) * MINUTE_MS);
    waited = minute;
    await Promise.all(SCHEDULES.map((entry) => world.lambdas.invoke(entry, {})));
  }
}

/** Every request with a key once more: whoever asks later must be told what was told before. */
async function repeatAll(world: World, asks: Asks, kept: Map<string, Kept>): Promise<void> {
  const client = new Client('repeats', world, asks, kept);
  for (const [key, one] of kept) await client.repeat(key, one);
}
