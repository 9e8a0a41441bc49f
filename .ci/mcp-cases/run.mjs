// node run.mjs <url> <token>: every flow with every client, one line each.
import { flows } from './flows.mjs';
import { inspector } from './inspector.mjs';
import { own } from './own.mjs';
import { assert } from './expect.mjs';
import { server } from './server.mjs';
import * as sessions from './sessions.mjs';
import * as stateless from './stateless.mjs';

const [url, token] = process.argv.slice(2);
const service = server(url, token);
const clients = { 'sdk 1.32.2': sessions, 'client 2.4.0': stateless };
const LONGEST_MS = 60_000;
let failures = 0;

function inTime(promise) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${LONGEST_MS} ms`)), LONGEST_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function line(who, what, run) {
  const outcome = await inTime(run()).then(
    (more) => (more ? `ok  ${more}` : 'ok'),
    (error) => {
      failures++;
      return `FAILED  ${String(error?.message ?? error).replace(/\s+/g, ' ').slice(0, 600)}`;
    },
  );
  console.log(`${who.padEnd(14)} ${what.padEnd(22)} ${outcome}`);
}

for (const [name, { connect, revision }] of Object.entries(clients)) {
  const to = (as, options) => connect(`${url}/mcp`, as, options);
  for (const [flow, run] of Object.entries({ ...own[revision], ...flows })) {
    await line(name, flow, async () => {
      // Whoever is asked to open a page declines it, unless the flow brings a person along.
      const connection = await to(token, run.opens ? { open: () => ({ action: 'decline' }) } : {});
      assert.equal(connection.revision(), revision);
      const more = await run(connection, service, to);
      await connection.close();
      return more;
    });
  }
}
for (const era of ['legacy', 'modern']) {
  await line('inspector', era, () => inspector(`${url}/mcp`, token, era));
}
if (failures) console.log(`${failures} failed`);
process.exit(failures ? 1 : 0);
