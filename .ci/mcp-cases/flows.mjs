// What every client must be able to do, whichever revision it speaks. A flow gets a fresh connection.
import { readFile } from 'node:fs/promises';
import {
  assert, completions, eventually, names, ok, prompts, resources, slowly, templates, text, tools,
} from './expect.mjs';
import { code, enterKey } from './person.mjs';

const SLOWLY_MS = 4000;

async function everyTool({ call, client }, server) {
  const listed = (await client.listTools()).tools;
  assert.deepEqual(names(listed), Object.keys(tools).sort());
  const readme = await readFile('README.md', 'utf8');
  for (const tool of listed) {
    assert.ok(readme.includes(`\`${tool.name}\``), `the README does not name ${tool.name}`);
    assert.ok(tool.title && tool.description && tool.inputSchema && tool.outputSchema, tool.name);
  }
  const known = { spare: await server.spareKey() };
  for (const [name, args] of Object.entries(tools)) {
    const answer = await call(name, typeof args === 'function' ? args(known) : args);
    const structured = answer.structuredContent;
    assert.ok(!answer.isError, `${name}: ${text(answer)}`);
    assert.ok(text(answer).length > 0, `${name} has no text`);
    assert.ok(structured, `${name} has no structured content`);
    known.decision ??= structured.decision?.decision_id;
  }
  await server.thaw();
  return `${listed.length} tools`;
}
everyTool.opens = true;

async function everyResource({ call, client, read }) {
  assert.deepEqual((await client.listResources()).resources.map((each) => each.uri).sort(), resources);
  const families = (await client.listResourceTemplates()).resourceTemplates;
  assert.deepEqual(families.map((each) => each.uriTemplate).sort(), Object.keys(templates).sort());
  const decision = ok(await call('route_request', { task: 'chat' })).decision.decision_id;
  const uris = [...resources, ...Object.values(templates).map((uri) => uri({ decision }))];
  for (const uri of uris) {
    const { contents } = await read(uri);
    assert.deepEqual(contents.map((each) => each.mimeType).sort(), ['application/json', 'text/markdown'], uri);
    JSON.parse(contents.find((each) => each.mimeType === 'application/json').text);
  }
  await assert.rejects(read('api://nothing'), (error) => error.code === -32602 || error.code === -32002);
  return `${resources.length} resources, ${families.length} templates`;
}

async function everyPrompt({ client }) {
  const listed = (await client.listPrompts()).prompts;
  assert.deepEqual(names(listed), prompts);
  for (const { name } of listed) {
    const { messages } = await client.getPrompt({ name, arguments: {} });
    assert.ok(messages[0].content.text.length > 0, name);
  }
  return `${listed.length} prompts`;
}

async function completion({ client }) {
  for (const [ref, name, value, expected] of completions) {
    const { values } = (await client.complete({ ref, argument: { name, value } })).completion;
    assert.ok(values.includes(expected), `${name} "${value}": ${values}`);
  }
}

async function subscription({ call, watch }) {
  const heard = [];
  const stop = await watch('api://usage', (uri) => heard.push(uri));
  ok(await call('route_request', { task: 'chat', prompt: 'hello' }));
  await eventually('an update of api://usage', () => heard.includes('api://usage'));
  await stop();
}

async function progress({ call }) {
  const steps = [];
  ok(await call('route_request', { task: 'chat', prompt: 'hello' }, { onprogress: (step) => steps.push(step.progress) }));
  assert.ok(steps.length > 0, 'no progress');
  assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
  return `${steps.length} steps`;
}

// The client gives up at once, whatever the server does: that the attempt ended too shows in the usage.
async function cancellation({ call }, server) {
  const before = await server.requests(slowly.provider);
  const started = Date.now();
  const stop = new AbortController();
  const answer = call('route_request', slowly, { signal: stop.signal });
  setTimeout(() => stop.abort(), 500);
  await assert.rejects(answer);
  await eventually('the attempt ends', async () => (await server.requests(slowly.provider)) > before, 3000);
  const took = Date.now() - started;
  assert.ok(took < SLOWLY_MS, `the attempt went on for ${took} ms`);
  return `after ${took} ms`;
}

async function scopes(connection, server, connect) {
  const reader = await connect(await server.token('read-only'));
  const listed = names((await reader.client.listTools()).tools);
  assert.ok(listed.includes('get_usage') && !listed.includes('panic'), listed.join(', '));
  const refused = await reader.call('add_api_key', { provider: 'openai', label: 'third' });
  assert.ok(refused.isError && /scope/.test(text(refused)), text(refused));
  await reader.close();
}

async function aKeyNeverPasses({ call }) {
  const answer = await call('get_usage', { provider: `sk-proj-${'a1B2'.repeat(20)}` });
  assert.ok(answer.isError && /burned/.test(text(answer)) && !/a1B2/.test(text(answer)), text(answer));
}

// The person enters the key before the client says that the page was opened.
async function elicitation(connection, server, connect) {
  const label = `asked-${connection.revision()}`;
  const key = `${label}-0123456789abcdef`;
  const asked = [];
  const person = async (ask) => {
    asked.push(ask);
    assert.equal(ask.mode, 'url');
    await enterKey(ask.url, code(ask.message), key);
    return { action: 'accept' };
  };
  const able = await connect(server.admin, { open: person });
  const answer = await able.call('add_api_key', { provider: 'local', label });
  assert.equal(asked.length, 1, 'the person was not asked');
  assert.equal(ok(answer).status, 'stored', text(answer));
  assert.ok(!JSON.stringify(answer).includes(key), 'the answer shows the key');
  if (able.completed) {
    await eventually('the completion', () => able.completed.includes(asked[0].elicitationId));
  }
  await able.close();
}

async function declined(connection, server, connect) {
  const able = await connect(server.admin, { open: () => ({ action: 'decline' }) });
  const label = `declined-${connection.revision()}`;
  const answer = await able.call('add_api_key', { provider: 'local', label });
  assert.equal(ok(answer).status, 'declined', text(answer));
  await able.close();
}

export const flows = {
  'every resource': everyResource,
  'every prompt': everyPrompt,
  completion,
  subscription,
  progress,
  cancellation,
  scopes,
  'no key in an argument': aKeyNeverPasses,
  elicitation,
  'elicitation declined': declined,
  'every tool': everyTool,
};
