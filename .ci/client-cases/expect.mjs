// What the demo's simulated providers say, and what a client must make of it.
import assert from 'node:assert/strict';

const MODELS = {
  anthropic: 'claude-sonnet-5-5',
  openai: 'gpt-6.1-terra',
  google: 'gemini-3.8-flash',
  local: 'gpt-oss:20b',
};
const EMBEDDERS = {
  openai: 'text-embedding-3-small',
  google: 'gemini-embedding-001',
  local: 'nomic-embed-text',
};

export const providers = Object.keys(MODELS);
export const embedders = Object.keys(EMBEDDERS);
export const model = (provider) => `${provider}/${MODELS[provider]}`;
export const embedder = (provider) => `${provider}/${EMBEDDERS[provider]}`;
export const weather = 'What is the weather in Berlin?';
export const both = 'The weather in both Rome and Berlin';
export const slowly = 'Please speak slowly';
export const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
};

const by = (provider) => `[${provider === 'local' ? 'ollama' : provider}/${MODELS[provider]}] `;

export function said(provider, text, answer) {
  assert.equal(answer, `${by(provider)}You said: ${text}`);
}

export function repeated(provider, result, answer) {
  assert.ok(answer.startsWith(`${by(provider)}The tool says: `) && answer.includes(result), answer);
}

// The whole stream would take four seconds.
export async function leaves(stream, leave) {
  const started = Date.now();
  let pieces = 0;
  try {
    for await (const _ of stream) {
      pieces++;
      if (pieces === 2) leave();
    }
  } catch (error) {
    assert.match(`${error.name} ${error.message}`, /abort/i);
  }
  assert.ok(pieces >= 2, `${pieces} pieces`);
  assert.ok(Date.now() - started < 2500, `left only after ${Date.now() - started} ms`);
}

// A wrong token is tried with the first provider only: more of them from one address would be shut out.
export async function fails(status, call) {
  const error = await call().then(() => null, (thrown) => thrown);
  assert.ok(error, 'it did not fail');
  assert.equal(error.status ?? error.status_code, status, `${error.name}: ${error.message}`);
}

export { assert };
