// Loads a bundle as Lambda does and calls it once; what it answers is the last line of the output.
const { BUNDLE, EVENT } = process.env;
const context = {
  awsRequestId: '8f7c8a3e-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 20_000,
};
let outcome;
try {
  const { handler } = await import(BUNDLE);
  outcome = { answer: (await handler(JSON.parse(EVENT), context)) ?? null };
} catch (error) {
  outcome = { error: String(error) };
}
console.log(`\n${JSON.stringify(outcome)}`);
process.exit(0);
