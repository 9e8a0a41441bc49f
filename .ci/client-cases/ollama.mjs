import { Ollama } from 'ollama';
import * as x from './expect.mjs';

const tools = [{ type: 'function', function: { name: 'get_weather', parameters: x.schema } }];
const user = (content) => [{ role: 'user', content }];

export default (url, token) => {
  const to = (key) => new Ollama({ host: url, headers: { Authorization: `Bearer ${key}` } });
  const client = to(token);

  return {
    async chat(provider) {
      const answer = await client.chat({ model: x.model(provider), messages: user('Hello') });
      x.said(provider, 'Hello', answer.message.content);
      x.assert.equal(answer.done_reason, 'stop');
    },
    async stream(provider) {
      const request = { model: x.model(provider), messages: user('Hello there'), stream: true };
      let text = '';
      let last;
      for await (const line of await client.chat(request)) {
        text += line.message.content;
        last = line;
      }
      x.said(provider, 'Hello there', text);
      x.assert.ok(last.done && last.eval_count > 0);
    },
    async generate(provider) {
      const request = { model: x.model(provider), prompt: 'Hello' };
      x.said(provider, 'Hello', (await client.generate(request)).response);
    },
    async tools(provider) {
      const messages = user(x.weather);
      const asks = await client.chat({ model: x.model(provider), messages, tools });
      x.assert.deepEqual(asks.message.tool_calls[0].function.arguments, { city: 'Berlin' });
      messages.push(asks.message);
      messages.push({ role: 'tool', tool_name: 'get_weather', content: '21 degrees' });
      const answer = await client.chat({ model: x.model(provider), messages, tools });
      x.repeated(provider, '21 degrees', answer.message.content);
    },
    async embeddings(provider) {
      if (!x.embedders.includes(provider)) return 'no embeddings there';
      const request = { model: x.embedder(provider), input: ['one', 'two'] };
      const rows = (await client.embed(request)).embeddings;
      x.assert.deepEqual(rows.map((row) => row.length), [8, 8]);
    },
    async cancel(provider) {
      const leaving = to(token);
      const request = { model: x.model(provider), messages: user(x.slowly), stream: true };
      await x.leaves(await leaving.chat(request), () => leaving.abort());
    },
    async errors(provider) {
      const messages = user('x');
      const stranger = to('akm_client_wrong');
      if (provider === x.providers[0]) await x.fails(401, () => stranger.chat({ model: 'auto', messages }));
      await x.fails(404, () => client.chat({ model: `${provider}/no-such-model`, messages }));
    },
  };
};
