import { GoogleGenAI } from '@google/genai';
import * as x from './expect.mjs';

const functionDeclarations = [{ name: 'get_weather', parametersJsonSchema: x.schema }];
const config = { tools: [{ functionDeclarations }] };

export default (url, token) => {
  const options = { baseUrl: url };
  const { models } = new GoogleGenAI({ apiKey: token, httpOptions: options });
  const stranger = new GoogleGenAI({ apiKey: 'akm_client_wrong', httpOptions: options });

  return {
    async chat(provider) {
      const answer = await models.generateContent({ model: x.model(provider), contents: 'Hello' });
      x.said(provider, 'Hello', answer.text);
      x.assert.equal(answer.candidates[0].finishReason, 'STOP');
    },
    async stream(provider) {
      const request = { model: x.model(provider), contents: 'Hello there' };
      let text = '';
      for await (const chunk of await models.generateContentStream(request)) {
        text += chunk.text ?? '';
      }
      x.said(provider, 'Hello there', text);
    },
    async tools(provider) {
      const model = x.model(provider);
      const contents = [{ role: 'user', parts: [{ text: x.weather }] }];
      const asks = await models.generateContent({ model, contents, config });
      x.assert.deepEqual(asks.functionCalls[0].args, { city: 'Berlin' });
      contents.push(asks.candidates[0].content);
      const { id, name } = asks.functionCalls[0];
      const functionResponse = { id, name, response: { result: '21 degrees' } };
      contents.push({ role: 'user', parts: [{ functionResponse }] });
      const answer = await models.generateContent({ model, contents, config });
      x.repeated(provider, '21 degrees', answer.text);
    },
    async 'two streamed calls'(provider) {
      const request = { model: x.model(provider), contents: x.both, config };
      const cities = [];
      for await (const chunk of await models.generateContentStream(request)) {
        for (const call of chunk.functionCalls ?? []) cities.push(call.args.city);
      }
      x.assert.deepEqual(cities, ['Berlin', 'second']);
    },
    async embeddings(provider) {
      if (!x.embedders.includes(provider)) return 'no embeddings there';
      const contents = ['one', 'two'];
      const answer = await models.embedContent({ model: x.embedder(provider), contents });
      x.assert.deepEqual(answer.embeddings.map((row) => row.values.length), [8, 8]);
    },
    async 'token count'(provider) {
      const request = { model: x.model(provider), contents: '12345678' };
      x.assert.ok((await models.countTokens(request)).totalTokens > 1);
    },
    async cancel(provider) {
      const leaving = new AbortController();
      const config = { abortSignal: leaving.signal };
      const request = { model: x.model(provider), contents: x.slowly, config };
      await x.leaves(await models.generateContentStream(request), () => leaving.abort());
    },
    async errors(provider) {
      const contents = 'x';
      if (provider === x.providers[0]) await x.fails(401, () => stranger.models.generateContent({ model: 'auto', contents }));
      const model = `${provider}/no-such-model`;
      await x.fails(404, () => models.generateContent({ model, contents }));
    },
  };
};
