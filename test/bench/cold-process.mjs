// Loads a bundle as Lambda does and, where there is an event, handles it once; tells what both took.
// CPU time, because a Lambda of 256 MB has a seventh of a core, and no neighbour disturbs it.
const { BUNDLE, EVENT } = process.env;
const context = {
  awsRequestId: '8f7c8a3e-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 20_000,
};

const startedMs = cpuMs();
const { handler } = await import(BUNDLE);
const importMs = cpuMs() - startedMs;
// AWS is asked by HTTPS, which comes with the bundle; only what stands in for it speaks plain HTTP.
if (EVENT !== undefined) await import('node:http');
const askedMs = cpuMs();
const answer = EVENT === undefined ? null : await handler(JSON.parse(EVENT), context);
const requestMs = cpuMs() - askedMs;
const status = answer?.statusCode ?? 200;
console.log(JSON.stringify({ importMs, requestMs, status }));
process.exit(0);

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
