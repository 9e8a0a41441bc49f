import OpenAI from 'openai';
import * as x from './expect.mjs';

const tools = [{ type: 'function', function: { name: 'get_weather', parameters: x.schema } }];
const user = (content) => [{ role: 'user', content }];

export default (url, token) => {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: token, maxRetries: 0 });
  const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'akm_client_wrong', maxRetries: 0 });
  const chat = (model, messages, more = {}) =>
    client.chat.completions.create({ model, messages, ...more });

  return {
    async chat(provider) {
      const answer = await chat(x.model(provider), user('Hello'));
      x.said(provider, 'Hello', answer.choices[0].message.content);
      x.assert.equal(answer.choices[0].finish_reason, 'stop');
    },
    async stream(provider) {
      const options = { stream: true, stream_options: { include_usage: true } };
      let text = '';
      let usage;
      for await (const chunk of await chat(x.model(provider), user('Hello there'), options)) {
        text += chunk.choices[0]?.delta.content ?? '';
        usage = chunk.usage ?? usage;
      }
      x.said(provider, 'Hello there', text);
      x.assert.ok(usage.completion_tokens > 0);
    },
    async tools(provider) {
      const messages = user(x.weather);
      const asks = (await chat(x.model(provider), messages, { tools })).choices[0].message;
      x.assert.deepEqual(JSON.parse(asks.tool_calls[0].function.arguments), { city: 'Berlin' });
      messages.push(asks, {
        role: 'tool',
        tool_call_id: asks.tool_calls[0].id,
        content: '21 degrees',
      });
      const answer = await chat(x.model(provider), messages, { tools });
      x.repeated(provider, '21 degrees', answer.choices[0].message.content);
    },
    async 'two streamed calls'(provider) {
      const cities = {};
      const stream = await chat(x.model(provider), user(x.both), { tools, stream: true });
      for await (const chunk of stream) {
        for (const call of chunk.choices[0]?.delta.tool_calls ?? []) {
          cities[call.index] = (cities[call.index] ?? '') + (call.function?.arguments ?? '');
        }
      }
      const calls = Object.values(cities).map((json) => JSON.parse(json).city);
      x.assert.deepEqual(calls, ['Berlin', 'second']);
    },
    async response(provider) {
      const answer = await client.responses.create({ model: x.model(provider), input: 'Hello' });
      x.said(provider, 'Hello', answer.output_text);
    },
    async embeddings(provider) {
      if (!x.embedders.includes(provider)) return 'no embeddings there';
      const input = ['one', 'two'];
      const rows = await client.embeddings.create({ model: x.embedder(provider), input });
      x.assert.deepEqual(rows.data.map((row) => row.embedding.length), [8, 8]);
    },
    async cancel(provider) {
      const stream = await chat(x.model(provider), user(x.slowly), { stream: true });
      await x.leaves(stream, () => stream.controller.abort());
    },
    async errors(provider) {
      const messages = user('x');
      if (provider === x.providers[0]) await x.fails(401, () => stranger.chat.completions.create({ model: 'auto', messages }));
      await x.fails(404, () => chat(`${provider}/no-such-model`, messages));
    },
  };
};
