// What the server offers, what each tool is called with, and how to look at an answer.
import assert from 'node:assert/strict';

export { assert };

const today = new Date().toISOString().slice(0, 10);

// In this order: what is read first, then what changes something. {…} is filled in from answers before.
export const tools = {
  list_api_keys: {},
  get_provider_stats: {},
  get_routing_recommendations: {},
  get_usage: { by: 'model' },
  estimate_cost: { model: 'gpt-6.1-terra', text: 'hello', output_tokens: 100 },
  check_budget: {},
  validate_key: { provider: 'openai', label: 'demo' },
  validate_all_keys: {},
  route_request: { task: 'chat', prompt: 'hello' },
  explain_decision: (known) => ({ decision_id: known.decision }),
  track_request: {
    request_id: 'resp_1', provider: 'openai', model: 'gpt-6.1-terra', input_tokens: 10, output_tokens: 5,
  },
  set_budget: { monthly_usd: 6 },
  add_api_key: { provider: 'openai', label: 'second' },
  rotate_key: { provider: 'openai', label: 'demo' },
  remove_api_key: (known) => ({ key_id: known.spare }),
  get_audit_log: {},
  panic: { provider: 'google', reason: 'exercise', confirm: 'freeze' },
};

export const resources = ['api://providers', 'api://routing', 'api://usage'];

export const templates = {
  'api://providers/{provider}': () => 'api://providers/openai',
  'api://usage/{provider}': () => 'api://usage/openai',
  'api://decisions/{id}': (known) => `api://decisions/${known.decision}`,
  'api://audit/{day}': () => `api://audit/${today}`,
};

export const prompts = ['api-config', 'api-costs', 'api-usage'];

export const completions = [
  [{ type: 'ref/prompt', name: 'api-usage' }, 'provider', 'op', 'openai'],
  [{ type: 'ref/resource', uri: 'api://providers/{provider}' }, 'provider', 'anth', 'anthropic'],
];

export const slowly = { provider: 'google', prompt: 'Please speak slowly' };

export const names = (listed) => listed.map((each) => each.name).sort();
export const text = (answer) => answer.content.filter((part) => part.type === 'text').map((part) => part.text).join('\n');

export function ok(answer) {
  assert.ok(!answer.isError, text(answer));
  return answer.structuredContent;
}

// Polls until the condition holds; what comes asynchronously has ten seconds.
export async function eventually(what, condition, ms = 10_000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await condition();
    if (found) return found;
    assert.ok(Date.now() < end, `not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
