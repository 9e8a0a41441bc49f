// A person's browser on a one-time page: it keeps the cookie that the page gives it.
import { assert } from './expect.mjs';

export const link = (text) => /https?:\/\/\S+\/entry\/[\w-]+/.exec(text)[0];
export const code = (text) => /[Cc]onfirmation code:? ([\w-]+)/.exec(text)[1];

// The demo's providers know none but their own keys: the page says so, and the person insists.
export async function enterKey(url, confirmation, key) {
  const opened = await fetch(url);
  assert.equal(opened.status, 200, await opened.clone().text());
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const send = (fields) =>
    fetch(url, { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) });

  const refused = await send({ code: confirmation, key });
  assert.match(await refused.text(), /does not take this key/);
  const stored = await send({ key, anyway: 'yes' });
  const page = await stored.text();
  assert.equal(stored.status, 200, page);
  assert.ok(!page.includes(key), 'the page shows the key');
  const again = await fetch(url, { headers: { cookie } });
  assert.equal(again.status, 410, 'the page can be used again');
}
