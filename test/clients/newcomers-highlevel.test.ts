import { afterAll, beforeAll, expect, test } from 'vitest';
import { bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { httpCall } from '#test/support/http-call.ts';
import { highLevelMistakes } from './newcomers-highlevel.ts';

let face: Face;
/** What the requests name with `$`. */
const prepared: Record<string, string> = {};

beforeAll(async () => {
  face = await startFace();
  const { location, paylands } = await bothFaces(face);
  const { uuid } = await paylands.createOrder();
  const { id, pit, appToken: app } = location;
  Object.assign(prepared, { location: id, pit, app, order: idOf(uuid) });
});
afterAll(() => face.stop());

function filled(text: string): string {
  return text.replace(/\$(\w+)/g, (whole, name) => prepared[name] ?? whole);
}

test.each(highLevelMistakes)('$title: $request', async (mistake) => {
  const { query = {}, body, says, status } = mistake;
  const [method = '', path = ''] = filled(mistake.request).split(' ');
  const given = mistake.headers ?? { version: '2021-07-28', authorization: 'Bearer $pit' };
  const answer = await httpCall(
    `${face.url}${path}?${new URLSearchParams(JSON.parse(filled(JSON.stringify(query))))}`,
    {
      method,
      headers: {
        'content-type': 'application/json',
        ...JSON.parse(filled(JSON.stringify(given))),
      },
      body: body && filled(JSON.stringify(body)),
    },
  );
  expect(answer.status, answer.text).toBe(status);
  const message = [JSON.parse(answer.text).message].flat().join('; ');
  for (const said of says) expect(message).toMatch(said);
});
