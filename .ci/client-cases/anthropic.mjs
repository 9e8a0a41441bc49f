import Anthropic from '@anthropic-ai/sdk';
import * as x from './expect.mjs';

const tools = [{ name: 'get_weather', input_schema: x.schema }];
const user = (content) => [{ role: 'user', content }];
const text = (message) => message.content.map((block) => block.text ?? '').join('');

export default (url, token) => {
  const client = new Anthropic({ baseURL: url, apiKey: token, maxRetries: 0 });
  const stranger = new Anthropic({ baseURL: url, apiKey: 'akm_client_wrong', maxRetries: 0 });
  const chat = (model, messages, more = {}) =>
    client.messages.create({ model, max_tokens: 500, messages, ...more });

  return {
    async chat(provider) {
      const answer = await chat(x.model(provider), user('Hello'));
      x.said(provider, 'Hello', text(answer));
      x.assert.equal(answer.stop_reason, 'end_turn');
    },
    async stream(provider) {
      const request = { model: x.model(provider), max_tokens: 500, messages: user('Hello there') };
      const answer = await client.messages.stream(request).finalMessage();
      x.said(provider, 'Hello there', text(answer));
      x.assert.ok(answer.usage.output_tokens > 0);
    },
    async tools(provider) {
      const messages = user(x.weather);
      const asks = await chat(x.model(provider), messages, { tools });
      const use = asks.content.find((block) => block.type === 'tool_use');
      x.assert.deepEqual(use.input, { city: 'Berlin' });
      messages.push({ role: 'assistant', content: asks.content });
      const result = { type: 'tool_result', tool_use_id: use.id, content: '21 degrees' };
      messages.push({ role: 'user', content: [result] });
      const answer = await chat(x.model(provider), messages, { tools });
      x.repeated(provider, '21 degrees', text(answer));
    },
    async 'two streamed calls'(provider) {
      const request = { model: x.model(provider), max_tokens: 500, messages: user(x.both), tools };
      const answer = await client.messages.stream(request).finalMessage();
      const uses = answer.content.filter((block) => block.type === 'tool_use');
      x.assert.deepEqual(uses.map((use) => use.input.city), ['Berlin', 'second']);
    },
    async 'token count'(provider) {
      const request = { model: x.model(provider), messages: user('12345678') };
      x.assert.ok((await client.messages.countTokens(request)).input_tokens > 1);
    },
    async cancel(provider) {
      const stream = await chat(x.model(provider), user(x.slowly), { stream: true });
      await x.leaves(stream, () => stream.controller.abort());
    },
    async errors(provider) {
      const request = { model: 'auto', max_tokens: 9, messages: user('x') };
      if (provider === x.providers[0]) await x.fails(401, () => stranger.messages.create(request));
      await x.fails(404, () => chat(`${provider}/no-such-model`, user('x')));
    },
  };
};
