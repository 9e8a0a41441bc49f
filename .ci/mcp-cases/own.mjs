// What only one of the revisions has.
import { assert, eventually, ok, slowly, text } from './expect.mjs';
import { code, enterKey, link } from './person.mjs';
import { network } from './network.mjs';

const key = (label) => `${label}-0123456789abcdef`;
const SECOND = { task: 'chat', prompt: 'hello' };

// The answer's stream breaks; the client comes back with Last-Event-ID and gets the rest of it.
async function answerIsResumed(connection, server, connect) {
  const net = network();
  const there = await connect(server.admin, { fetch: net.fetch });
  net.breakNext('POST');
  const answer = await there.call('route_request', slowly, { onprogress: () => {} });
  assert.match(ok(answer).text, /speak slowly/);
  assert.equal(net.resumed.length, 1, `resumed ${net.resumed.length} times`);
  await there.close();
}

async function listeningIsResumed(connection, server, connect) {
  const net = network();
  net.breakNext('GET');
  const there = await connect(server.admin, { fetch: net.fetch });
  const heard = [];
  await there.watch('api://usage', (uri) => heard.push(uri));
  await eventually('the client comes back', () => net.resumed.length > 0);
  ok(await there.call('route_request', SECOND));
  await eventually('an update after the break', () => heard.length > 0);
  await there.close();
}

// -32042: the refusal itself carries the link, and its text shows it to a person.
async function linkInRefusal({ call }, server) {
  const error = await call('add_api_key', { provider: 'local', label: 'by-refusal' }).catch((thrown) => thrown);
  assert.equal(error.code, -32042, String(error));
  const [asked] = error.data.elicitations;
  assert.equal(asked.mode, 'url');
  assert.equal(link(error.message), asked.url);
  await enterKey(asked.url, code(`${error.message} ${asked.message}`), key('by-refusal'));
  const again = { provider: 'local', label: 'by-refusal', entry_id: asked.elicitationId };
  assert.equal(ok(await call('add_api_key', again)).status, 'stored');
  assert.ok(await server.hasKey('by-refusal'));
}

async function linkInText({ call }, server) {
  const answer = await call('add_api_key', { provider: 'local', label: 'by-link' });
  assert.equal(ok(answer).status, 'waiting', text(answer));
  await enterKey(link(text(answer)), code(text(answer)), key('by-link'));
  const again = { provider: 'local', label: 'by-link', entry_id: ok(answer).entry_id };
  assert.equal(ok(await call('add_api_key', again)).status, 'stored');
  assert.ok(await server.hasKey('by-link'));
}

async function listeningAgain(connection, server, connect) {
  const net = network();
  const there = await connect(server.admin, { fetch: net.fetch });
  net.breakNext('POST');
  const first = await there.client.listen({ resourceSubscriptions: ['api://usage'] });
  assert.equal(await first.closed, 'remote');
  const heard = [];
  const stop = await there.watch('api://usage', (uri) => heard.push(uri));
  ok(await there.call('route_request', SECOND));
  await eventually('an update after the break', () => heard.length > 0);
  await stop();
  await there.close();
}

export const own = {
  '2025-11-25': {
    'answer resumed': answerIsResumed,
    'listening resumed': listeningIsResumed,
    'link in a refusal': linkInRefusal,
  },
  '2026-07-28': {
    'listening again': listeningAgain,
    'link in the text': linkInText,
  },
};
