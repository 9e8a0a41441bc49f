// A person's browser on a one-time page: it keeps the cookie that the page gives it.
import { assert } from './expect.mjs';

export const link = (text) => /https?:\/\/\S+\/entry\/[\w-]+/.exec(text)[0];
export const code = (text) => /[Cc]onfirmation code:? ([\w-]+)/.exec(text)[1];

// A mistyped code is refused, the right one is not.
export async function enterKey(url, confirmation, key) {
  const opened = await fetch(url);
  assert.equal(opened.status, 200, words(await opened.clone().text()));
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const send = (fields) =>
    fetch(url, { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) });

  const mistyped = await send({ code: confirmation.replace(/\d/g, (digit) => (digit + 1) % 10), key });
  assert.equal(mistyped.status, 403, words(await mistyped.text()));
  const stored = await send({ code: confirmation, key });
  const page = await stored.text();
  assert.equal(stored.status, 200, words(page));
  assert.ok(!page.includes(key), 'the page shows the key');
  const again = await fetch(url, { headers: { cookie } });
  assert.equal(again.status, 410, 'the page can be used again');
}

const words = (html) => html.replace(/<style>.*<\/style>/s, '').replace(/<[^>]*>/g, ' ');
