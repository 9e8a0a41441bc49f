// The MCP inspector's command line, in both eras.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { assert, prompts, resources, tools } from './expect.mjs';

const run = promisify(execFile);

const cases = {
  'tools/list': [[], ...Object.keys(tools)],
  'tools/call get_usage': [['--tool-name', 'get_usage'], 'total_cost'],
  'tools/call route_request': [['--tool-name', 'route_request', '--tool-arg', 'task=chat'], 'decision_id'],
  'tools/call estimate_cost': [
    ['--tool-name', 'estimate_cost', '--tool-arg', 'model=gpt-6.1-terra', '--tool-arg', 'text=hello'],
    'cost_usd',
  ],
  'tools/call validate_key': [
    ['--tool-name', 'validate_key', '--tool-arg', 'provider=openai', '--tool-arg', 'label=demo'],
    'valid',
  ],
  'resources/list': [[], ...resources],
  'resources/templates/list': [[], 'api://usage/{provider}'],
  'resources/read': [['--uri', 'api://usage'], 'total_cost'],
  'prompts/list': [[], ...prompts],
  'prompts/get': [['--prompt-name', 'api-costs'], 'estimate_cost'],
};

// In a session this command says that it opens pages, shows none, and the call waits for the person: that is no case here.
const entry = ['--tool-name', 'add_api_key', '--tool-arg', 'provider=openai', '--tool-arg', 'label=inspected'];
const of = { legacy: {}, modern: { 'tools/call add_api_key': [entry, '/entry/'] } };
const LONGEST_MS = 45_000;

export async function inspector(url, token, era) {
  const common = ['--cli', url, '--transport', 'http', '--protocol-era', era, '--header', `Authorization: Bearer ${token}`];
  const inspect = ([name, [args, ...expected]]) =>
    run('mcp-inspector', [...common, '--method', name.split(' ')[0], ...args], { timeout: LONGEST_MS })
      .catch((failed) => ({ stdout: `${failed.stdout}\n${failed.stderr}`, failed }))
      .then(({ stdout, failed }) => {
        assert.ok(!failed, `${name}: ${stdout}`);
        expected.forEach((part) => assert.ok(stdout.includes(part), `${name}: no ${part} in ${stdout}`));
      });
  const all = [...Object.entries(cases), ...Object.entries(of[era])];
  // Each starts a program of its own: a few at a time.
  const worker = async () => {
    for (let next = all.shift(); next; next = all.shift()) await inspect(next);
  };
  const count = all.length;
  await Promise.all([worker(), worker(), worker()]);
  return `${count} commands`;
}
