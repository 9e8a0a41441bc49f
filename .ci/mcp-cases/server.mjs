// The running service by REST: what a flow prepares, and what it looks up afterwards.
import { assert } from './expect.mjs';

export function server(url, admin) {
  let spares = 0;

  async function rest(method, path, body) {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const said = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${said}`);
    return said ? JSON.parse(said) : null;
  }

  return {
    url,
    admin,
    // A key that a tool may remove.
    async spareKey() {
      const key = `sk-proj-${String(++spares).repeat(48)}`;
      return (await rest('POST', '/keys', { provider: 'openai', label: `spare-${spares}`, key })).key_id;
    },
    async hasKey(label) {
      return (await rest('GET', '/keys')).keys.some((key) => key.label === label);
    },
    async requests(provider) {
      return (await rest('GET', '/usage')).providers[provider]?.total_requests ?? 0;
    },
    async token(scope) {
      return (await rest('POST', '/tokens', { name: scope, scope })).token;
    },
    thaw: () => rest('POST', '/panic/thaw', { provider: 'google' }),
  };
}
